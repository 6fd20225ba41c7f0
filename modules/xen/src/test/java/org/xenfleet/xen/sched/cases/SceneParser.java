package org.xenfleet.xen.sched.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xenfleet.xen.sched.CreditParameters;

/** Reads the first line of a case; docs/scheduler-cases.md explains it. */
final class SceneParser {
    private static final Pattern LINE =
            Pattern.compile("(?<release>\\S+)\\s+(?<host>(\\[[^\\]]*\\])+)(?<domains>[^|]*)(\\|(?<settings>.*))?");
    private static final Pattern DOMAIN =
            Pattern.compile("\\G\\s*(?:\\{(?<members>[^}]*)\\}(?<common>\\S*)|(?<alone>[^\\s{}]+))");
    private static final Pattern VCPU =
            Pattern.compile("(?<many>\\d*)(?<name>[a-z]\\w*):(?<demand>[^*<@~^+]+)(?<marks>(?:[*<@~^+][^*<@~^+]+)*)");
    private static final Pattern MARK = Pattern.compile("([*<@~^+])([^*<@~^+]+)");

    private final HostDrawing host;
    private final Settings settings = new Settings();
    private final List<Scene.Domain> domains = new ArrayList<>();
    private int born;

    private SceneParser(HostDrawing host) {
        this.host = host;
    }

    /** The case on every release it is for. */
    static List<Scene> parse(String line) {
        Matcher m = LINE.matcher(line.strip());
        if (!m.matches()) {
            throw new NotationException("a case begins with a release and a host, as 'any [0 1] a:spin b:spin', not '"
                    + line.strip() + "'");
        }
        List<Policy> policies = policies(m.group("release"));
        SceneParser parser = new SceneParser(HostDrawing.parse(m.group("host")));
        parser.settings.read(m.group("settings") == null ? "" : m.group("settings"));
        parser.domains(m.group("domains").strip());
        return policies.stream().map(parser::scene).toList();
    }

    private static List<Policy> policies(String word) {
        if (word.equals("any")) {
            return List.of(Policy.CREDIT_4_4, Policy.CREDIT_4_17);
        }
        return Arrays.stream(Policy.values())
                .filter(p -> p.word.equals(word))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new NotationException(
                        "the release is 4.4, 4.17 or any, or the scheduler credit2 or null, not '" + word + "'"));
    }

    private Scene scene(Policy policy) {
        CreditParameters parameters = settings.parameters();
        return new Scene(
                policy,
                host.topology(),
                host.pool(),
                parameters,
                List.copyOf(domains),
                settings.accounting() < 0 ? parameters.tsliceNs() / 2 : settings.accounting(),
                settings.latency(),
                settings.from(),
                settings.to());
    }

    private void domains(String text) {
        Matcher m = DOMAIN.matcher(text);
        int end = 0;
        while (m.find()) {
            end = m.end();
            if (m.group("alone") != null) {
                alone(m.group("alone"));
            } else {
                together(m.group("members").strip(), m.group("common"));
            }
        }
        if (end < text.length() || domains.isEmpty()) {
            throw new NotationException(
                    "vCPUs are written as a:spin or {a:spin b:spin}, not '" + text.substring(end) + "'");
        }
    }

    /** Each in a domain of its own. */
    private void alone(String text) {
        Marks marks = new Marks();
        for (Scene.Vcpu vcpu : vcpus(text, marks)) {
            domains.add(new Scene.Domain(marks.weight, marks.cap, List.of(vcpu)));
        }
    }

    private void together(String members, String common) {
        Marks marks = new Marks();
        List<Scene.Vcpu> vcpus = new ArrayList<>();
        for (String member : members.split("\\s+", -1)) {
            vcpus.addAll(vcpus(member, marks));
        }
        if (marks.ofDomain) {
            throw new NotationException("weight and cap of a domain stand behind its brace, as {a:spin b:spin}*512");
        }
        marks.read(common);
        if (marks.ofVcpu) {
            throw new NotationException("behind a brace stand weight (*) and cap (<) only, not '" + common + "'");
        }
        domains.add(new Scene.Domain(marks.weight, marks.cap, vcpus));
    }

    private List<Scene.Vcpu> vcpus(String text, Marks marks) {
        Matcher m = VCPU.matcher(text);
        if (!m.matches()) {
            throw new NotationException(
                    "a vCPU is name:demand with *weight <cap @hard ~soft ^born +first behind it, not '" + text + "'");
        }
        marks.reset();
        marks.read(m.group("marks"));
        int many = m.group("many").isEmpty() ? 1 : Integer.parseInt(m.group("many"));
        List<Scene.Vcpu> vcpus = new ArrayList<>();
        for (int i = 1; i <= many; i++) {
            String name = m.group("many").isEmpty() ? m.group("name") : m.group("name") + i;
            vcpus.add(new Scene.Vcpu(
                    name, demand(m.group("demand")), marks.hard, marks.soft, birthplace(marks), marks.first));
        }
        marks.ofVcpu = false;
        return vcpus;
    }

    /** In turn on the pCPUs of the pool, unless said otherwise. */
    private int birthplace(Marks marks) {
        if (marks.born >= 0) {
            return marks.born;
        }
        int[] pool = host.pool().stream().toArray();
        return pool[born++ % pool.length];
    }

    private static Demand demand(String text) {
        if (text.equals("spin")) {
            return Demand.SPIN;
        }
        if (text.startsWith("yield")) {
            return new Demand(positive(text.substring("yield".length()), text), 0);
        }
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new NotationException("a demand is spin, as 2ms/10ms, or as yield2ms, not '" + text + "'");
        }
        return new Demand(positive(parts[0], text), positive(parts[1], text));
    }

    private static long positive(String time, String demand) {
        long ns = Quantities.time(time);
        if (ns == 0) {
            throw new NotationException("a demand of 0 never ends: '" + demand + "'");
        }
        return ns;
    }

    private final class Marks {
        private int weight = CreditParameters.DEFAULT_WEIGHT;
        private int cap;
        private BitSet hard = new BitSet();
        private BitSet soft = new BitSet();
        private int born = -1;
        private long first;
        private boolean ofDomain;
        private boolean ofVcpu;

        private void reset() {
            hard = new BitSet();
            soft = new BitSet();
            born = -1;
            first = 0;
        }

        private void read(String marks) {
            Matcher m = MARK.matcher(marks);
            while (m.find()) {
                String value = m.group(2);
                boolean domains = true;
                switch (m.group(1)) {
                    case "*" -> weight = Quantities.whole(value, "a weight");
                    case "<" -> cap = Quantities.whole(value, "a cap");
                    default -> {
                        domains = false;
                        readOfVcpu(m.group(1), value);
                    }
                }
                ofDomain |= domains;
                ofVcpu |= !domains;
            }
        }

        private void readOfVcpu(String mark, String value) {
            switch (mark) {
                case "@" -> hard = host.inPool(Quantities.cpus(value));
                case "~" -> soft = host.inPool(Quantities.cpus(value));
                case "^" -> born = host.inPool(Quantities.cpus(value)).nextSetBit(0);
                default -> first = Quantities.time(value);
            }
        }
    }
}
