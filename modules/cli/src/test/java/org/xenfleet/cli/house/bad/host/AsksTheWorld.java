package org.xenfleet.cli.house.bad.host;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Every method asks somebody whom a simulation must not ask. */
@SuppressWarnings({"unused", "JavaUtilDate", "JavaTimeDefaultTimeZone", "IdentityHashMapUsage"})
public final class AsksTheWorld {
    private AsksTheWorld() {}

    static long nanoTime() {
        return System.nanoTime();
    }

    static LongSupplier byReference() {
        return System::currentTimeMillis;
    }

    static LongSupplier inALambda() {
        return () -> System.currentTimeMillis() / 1000;
    }

    static Object instant() {
        return Instant.now();
    }

    static Object localTime() {
        return LocalDateTime.now();
    }

    static Object clock() {
        return Clock.systemUTC();
    }

    static Object date() {
        return new Date();
    }

    static double mathRandom() {
        return Math.random();
    }

    static int random() {
        return new Random(1).nextInt();
    }

    static int threadLocalRandom() {
        return ThreadLocalRandom.current().nextInt();
    }

    static int secureRandom() {
        return new SecureRandom().nextInt();
    }

    static Object uuid() {
        return UUID.randomUUID();
    }

    static Object environment() {
        return System.getenv("HOME");
    }

    static Object property() {
        return System.getProperty("user.dir");
    }

    static Object numberProperty() {
        return Integer.getInteger("a");
    }

    static int identity(Object any) {
        return System.identityHashCode(any);
    }

    static Object identityMap() {
        return new IdentityHashMap<String, String>();
    }

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    static void sleep() throws InterruptedException {
        Thread.sleep(1);
    }

    static double logarithm(double x) {
        return Math.log(x);
    }

    static double power(double x) {
        return Math.pow(x, 3);
    }

    static Behavior<String> timers() {
        return Behaviors.withTimers(timers -> Behaviors.empty());
    }

    static Behavior<String> timeOut() {
        return Behaviors.setup(context -> {
            context.setReceiveTimeout(Duration.ofMillis(1), "late");
            return Behaviors.empty();
        });
    }
}
