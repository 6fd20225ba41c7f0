package org.xenfleet.cluster.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.xenfleet.cluster.Endpoint;

/**
 * A network between those who connect to a member and the member. What is cut off is not lost but waits, in both
 * directions, as with TCP when packets are dropped; new connections are made and hear nothing. Any thread may use it.
 */
public final class TcpForwarder implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final int CHUNKS_ON_THE_WAY = 256;

    private final ServerSocket server;
    private final Endpoint target;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All of these are guarded by the lock.
    private final List<Socket> sockets = new ArrayList<>();
    private final Set<String> cutSources = new HashSet<>();
    private boolean cut;
    private boolean closed;
    private long delayNanos;
    private long forwarded;
    private long heldBack;
    private long broken;

    @SuppressWarnings("ArrayRecordComponent")
    private record Chunk(byte[] bytes, long dueAt) {}

    /** Listens on a free port of this machine. */
    public TcpForwarder(Endpoint target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    /** Where to connect to. */
    public Endpoint endpoint() {
        return new Endpoint(Endpoint.LOOPBACK, server.getLocalPort());
    }

    /** Nothing passes any more. */
    public void cut() {
        change(() -> cut = true);
    }

    /** Nothing passes any more of connections that come from that address. */
    public void cutFrom(String source) {
        change(() -> cutSources.add(source));
    }

    /** Everything passes at once, also what has waited. */
    public void heal() {
        change(() -> {
            cut = false;
            cutSources.clear();
            delayNanos = 0;
        });
    }

    /** What comes from now on passes that much later, in both directions. */
    public void delay(Duration time) {
        change(() -> delayNanos = time.toNanos());
    }

    /** Breaks all connections there are; new ones work. */
    public void drop() {
        change(() -> {
            broken += sockets.stream().filter(socket -> !socket.isClosed()).count();
            sockets.forEach(TcpForwarder::closeQuietly);
            sockets.clear();
        });
    }

    /** Bytes that were cut off or delayed when they were to pass, in both directions. */
    public long heldBack() {
        lock.lock();
        try {
            return heldBack;
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until {@link #heldBack} has come to that; fails if it does not in time. */
    public void awaitHeldBack(long bytes, Duration patience) throws InterruptedException {
        await(() -> heldBack, bytes, patience, "held back");
    }

    /** Blocks until {@link #forwarded} has come to that; fails if it does not in time. */
    public void awaitForwarded(long bytes, Duration patience) throws InterruptedException {
        await(() -> forwarded, bytes, patience, "forwarded");
    }

    private void await(LongSupplier count, long bytes, Duration patience, String what) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (count.getAsLong() < bytes) {
                if (left <= 0) {
                    throw new AssertionError(count.getAsLong() + " bytes were " + what + ", and not " + bytes);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends of connections that {@link #drop} has broken. */
    public long broken() {
        lock.lock();
        try {
            return broken;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that have passed, in both directions. */
    public long forwarded() {
        lock.lock();
        try {
            return forwarded;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        change(() -> closed = true);
        closeQuietly(server);
        drop();
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket from = server.accept();
            Socket to;
            try {
                to = new Socket(target.host(), target.port());
            } catch (IOException e) {
                from.close();
                continue;
            }
            change(() -> sockets.addAll(List.of(from, to)));
            String source = from.getInetAddress().getHostAddress();
            pump(source, from, to);
            pump(source, to, from);
        }
    }

    /** One direction of a connection that came from that address. */
    private void pump(String source, Socket from, Socket to) {
        BlockingQueue<Chunk> onTheWay = new LinkedBlockingQueue<>(CHUNKS_ON_THE_WAY);
        start("read " + source, () -> read(from, onTheWay));
        start("write " + source, () -> write(source, onTheWay, to));
    }

    private void read(Socket from, BlockingQueue<Chunk> onTheWay) throws IOException, InterruptedException {
        byte[] buffer = new byte[CHUNK];
        InputStream in = from.getInputStream();
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                onTheWay.put(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime() + delay()));
            }
        } finally {
            onTheWay.put(new Chunk(new byte[0], System.nanoTime() + delay()));
        }
    }

    private void write(String source, BlockingQueue<Chunk> onTheWay, Socket to)
            throws IOException, InterruptedException {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = onTheWay.take(); chunk.bytes().length > 0; chunk = onTheWay.take()) {
                int count = chunk.bytes().length;
                awaitPassage(source, chunk.dueAt(), count);
                change(() -> forwarded += count);
                out.write(chunk.bytes());
                out.flush();
            }
        }
    }

    private long delay() {
        lock.lock();
        try {
            return delayNanos;
        } finally {
            lock.unlock();
        }
    }

    private void awaitPassage(String source, long dueAt, int count) throws InterruptedException {
        BooleanSupplier blocked = () -> !closed && (cut || cutSources.contains(source));
        lock.lock();
        try {
            if (blocked.getAsBoolean() || dueAt - System.nanoTime() > 0) {
                heldBack += count;
                changed.signalAll();
            }
            for (long left = dueAt - System.nanoTime();
                    blocked.getAsBoolean() || left > 0;
                    left = dueAt - System.nanoTime()) {
                changed.await(blocked.getAsBoolean() ? TimeUnit.HOURS.toNanos(1) : left, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // the connection, or the forwarder, is closed
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "forwarder " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // it is closed
        }
    }
}
