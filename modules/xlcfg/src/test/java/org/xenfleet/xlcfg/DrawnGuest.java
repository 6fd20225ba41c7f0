package org.xenfleet.xlcfg;

import java.nio.charset.StandardCharsets;

/** Guests with something odd in them: for {@link ObservedGuestsTest}. */
final class DrawnGuest {
    private static final String UUID = "12345678-1234-1234-1234-1234567890ab";
    private static final String NUMBERS = "0 1 2 7 8 15 16 99 010 08 0x1 -1 -5 +3 _4 4_ ~ x 18446744073709551615"
            + " 18446744073709551616 4294967294 4294967295 4294967296 1f ff 100 -18446744073709551615";

    private final Draw draw;

    DrawnGuest(long seed) {
        draw = new Draw(seed);
    }

    byte[] next() {
        String type = draw.of("type='hvm'\n", "type='hvm'\n", "type='pv'\nkernel='k'\n", "type='pvh'\nkernel='k'\n");
        String text = "name='g'\nmemory=64\n" + type + setting() + "\n";
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String setting() {
        return switch (draw.below(14)) {
            case 0, 1, 2 -> one("disk", disk());
            case 3, 4 -> one("vif", vif());
            case 5, 6 -> one("pci", pci());
            case 7 -> one(draw.word("irqs ioports iomem iomem"), numbers());
            case 8 -> namedParts();
            case 9 -> one("channel", channel());
            case 10 -> "vcpus=1\nvsnd=[[" + draw.some(3, ",", i -> "'" + sound() + "'") + "]]";
            case 11 -> vnuma();
            case 12 -> draw.of("vcpus=1\n", "vcpus=3\n") + cpus();
            default -> "vcpus=1\n" + key();
        };
    }

    private String one(String key, String spec) {
        return "vcpus=1\n" + key + "=['" + spec + draw.of("']", "']", "', [], 'x']");
    }

    private String number() {
        return draw.word(NUMBERS);
    }

    private String disk() {
        return draw.some(5, draw.of(",", ",", ", ", " ,"), i -> draw.word("""
                /dev/a phy:/dev/a file:/x tap:aio:/x tap2:qcow2:/x aio:/x raw:/x qcow2:/y vhd:/z nbd:x iscsi:x rbd:p/x
                foo:/bar foo: xvda hda hdc:cdrom xvdb:disk xvdb:tape :cdrom ~ raw qcow qcow2 vhd qed empty r ro w rw w!
                cdrom devtype=cdrom devtype=disk devtype=x format=raw format=qcow2 format= format=zip access=r access=
                access=x vdev=xvda vdev= vdev=hda:cdrom backend=d0 backend= backendtype=phy backendtype=zz
                script=block-x direct-io-safe discard no-discard colo no-colo colo-host=h colo-port=0 colo-port=5x
                active-disk=a specification=virtio specification=x target=/a,b=c target= target=/x, foo=bar foo=
                Foo=bar a-b=c =x = a=b=c __xvda raw_ _ \\txvda \\n /a\\nb phy:/a=b hda: ioemu:x x9:y x9:Y x9:/
                """));
    }

    private String vif() {
        return draw.some(
                4,
                draw.of(",", ", "),
                i -> draw.word("""
                mac=00:16:3e:00:00:01 mac=0:1:2:3:4:5 mac=00-16-3e-1-2-3 mac=1:2:3 mac=100:1:2:3:4:5 mac=x bridge=br0
                type=vif type=ioemu type=x model=e1000 ip=1.2.3.4 script=x backend=d vifname=v gatewaydev=g netdev=g
                accel=1 foo foo=bar ~ forwarddev=x rate= devid= mtu=
                """)
                        + (draw.inTen(3)
                                ? "," + draw.of("devid=" + number(), "mtu=" + number(), "rate=" + rate())
                                : ""));
    }

    private String rate() {
        return draw.word("~ 0 1 10 100 08 010 019 4294967295 4294967296 99999999999")
                + draw.word("~ G M K k")
                + draw.word("B/s b/s B/s b/s B Bps /s ~")
                + draw.word("~ ~ @ @20ms @1s @500us @0s @5 @4294s @4295s @09ms @019ms @4294967295us @x @10m @1sm @@1s");
    }

    private String hex() {
        return draw.word("0 1 00 1f ff ffff 10000 20 100 x ~ -1 +1 _1 0x1 0x 100000000");
    }

    private String pci() {
        String address = draw.of("", hex() + ":")
                + hex()
                + draw.word(": : . ~")
                + hex()
                + draw.word(". . . ~ :")
                + draw.word("0 7 8 * x ~ 1 7z *z");
        String slot = draw.inTen(2) ? "@" + draw.word("0 1f 20 x ~") : "";
        String rest = draw.some(2, "", i -> draw.word(", , ~") + draw.word("""
                permissive=1 msitranslate=x seize= power_mgmt=1 rdm_policy=strict rdm_policy=RELAXED rdm_policy=x name=foo
                bdf=00:01.0 bdf=00:01.0x bdf=x vslot=1 vslot=20 foo=1 permissive ~
                """));
        return draw.inTen(1)
                ? draw.word("name=foo name= bdf=00:01.0 bdf=0:1.0,name=x ~ seize=1")
                : address + slot + rest;
    }

    private String numbers() {
        return number() + draw.word("~ , - ,") + draw.of("", number()) + draw.word("~ ~ @ x _") + draw.of("", number());
    }

    private String namedParts() {
        String key = draw.word("p9 vtpm pvcalls usbctrl usbdev vdispl vkb");
        String parts = switch (key) {
            case "p9" -> "path=/x tag=t security_model=none path=/y tag=u backend=d foo=bar bare ~";
            case "vtpm" -> "backend=d backend= uuid=" + UUID + " uuid=x foo=bar bare ~";
            case "pvcalls" -> "backend=d foo=bar bare ~";
            case "usbctrl" -> "type=pv type=QUSB type=x version=2 ports=x foo=1 bare ~";
            case "usbdev" -> "type=hostdev hostbus=1 hostaddr=x controller=0 port=1 foo=1 bare type=x ~";
            case "vdispl" ->
                "backend=d be-alloc=1 connectors=a:1x2 connectors=a:1x2;b:3x4 connectors=a:3 connectors=a:x ~";
            default ->
                "backend-type=qemu backend-type=Linux backend-type=unknown backend-type=x feature-multi-touch=1"
                        + " multi-touch-width=5 multi-touch-height=0 unique-id=1 width=1 height=2 foo=1 bare ~";
        };
        return one(key, draw.some(5, ",", i -> draw.word(parts)));
    }

    private String channel() {
        return draw.some(
                4,
                ",",
                i -> draw.word("connection=pty connection=socket connection=x path=/x name=n backend=b"
                        + " foo=bar bare name= _connection_=_pty_ =connection=pty connection==pty connection=pty=x ~"));
    }

    private String sound() {
        String params =
                "backend=d short-name=s name=n unique-id=1 type=p type=x sample-rates=1;2 sample-formats=S8;u16_le"
                        + " sample-formats=x channels-min=x buffer-size=1 foo=1 bare ~";
        return draw.word("card pcm stream Card STREAM x _pcm ~") + draw.some(3, "", i -> "," + draw.word(params));
    }

    private String vnuma() {
        String parts = "pnode=0 pnode=1 pnode=2 pnode=x size=64 size=64 size=_64_ size=x size=64z vcpus=0-1 vcpus=2,3"
                + " vcpus=0 vcpus=x vcpus=3-1 vcpus=0-x vcpus=1z,2 vdistances=10 vdistances=x foo=bar size =size=5 pnode=0=1";
        String node = "[" + draw.some(4, ",", i -> "'" + draw.word(parts) + "'") + "]";
        String more = draw.of("", "", "maxvcpus=2\n", "maxmem=64\n", "vcpus=1\n", "vcpus=2\n", "maxvcpus=0\n");
        return more + "vnuma=[" + node + draw.of("", "," + node) + "]";
    }

    private String cpus() {
        String key = draw.of("cpus", "cpus", "cpus_soft");
        return draw.inTen(6)
                ? key + "='" + cpuSpec() + "'"
                : key + "=[" + draw.some(4, ",", i -> "'" + cpuSpec() + "'") + "]";
    }

    private String cpuSpec() {
        return draw.some(
                4,
                ",",
                i -> draw.word("0 1 15 16 0-3 3-1 ^0 ^1-2 node:0 nodes:1 node:2 all ^all nodes:all"
                        + " ^nodes:all node:0-1 ^node:1 ~ _1 1_ -5 -1 0-_2 +1 a 1- 0-x node: node:x _all 1-2-3"));
    }

    /** Any of the keys that xl reads, with any kind of value. */
    private String key() {
        String[] keys = XlKeys.ALL.toArray(String[]::new);
        return draw.of(keys)
                + draw.of("=", "=", "=", "+=")
                + draw.of(
                        "'x'",
                        "''",
                        "1",
                        "0",
                        "4",
                        "'-1'",
                        "'1'",
                        "[]",
                        "['x']",
                        "[[1]]",
                        "['x',['y']]",
                        "99999999999999999999",
                        "'hvm'",
                        "'none'",
                        "'default'",
                        "'destroy'",
                        "'" + UUID + "'");
    }
}
