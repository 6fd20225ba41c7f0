package org.xenfleet.cluster;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.xenfleet.cluster.wire.KryoInitializer;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReportCodec;
import org.xenfleet.observe.ReportFormatException;

/** Sends reports of hosts in the form in which they are kept, which is smaller than that of their records. */
public final class WireInitializer extends KryoInitializer {
    private static final int REPORT = 99;
    private static final int MOST_BYTES = 16 << 20;

    @Override
    public void postInit(Kryo kryo, ExtendedActorSystem system) {
        kryo.register(HostReport.class, new OfReports(), REPORT);
    }

    private static final class OfReports extends Serializer<HostReport> {
        OfReports() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output out, HostReport report) {
            byte[] bytes = HostReportCodec.encode(report);
            out.writeVarInt(bytes.length, true);
            out.writeBytes(bytes);
        }

        @Override
        public HostReport read(Kryo kryo, Input in, Class<? extends HostReport> type) {
            int length = in.readVarInt(true);
            if (length < 0 || length > MOST_BYTES) {
                throw new KryoException("a report of " + length + " bytes");
            }
            try {
                return HostReportCodec.decode(in.readBytes(length));
            } catch (ReportFormatException e) {
                throw new KryoException(e.getMessage(), e);
            }
        }
    }
}
