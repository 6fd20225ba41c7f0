package org.xenfleet.scenario;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Opens the blocks below a {@link Section}. */
final class Blocks {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    private Blocks() {}

    /** A block that has a section of its own; an empty one when it is not given. */
    static Section child(Section parent, String name, String section) {
        Key key = parent.key(name);
        ConfigValue value = parent.value(name);
        if (value == null && key.required()) {
            parent.missing(key);
        } else if (value != null && !(value instanceof ConfigObject)) {
            parent.wrongType(key, value);
        }
        return open(parent, List.of(name), value, section, parent.nested(name));
    }

    /** As {@link #child}, with keys that no section of the table has. */
    static Section child(Section parent, String name, Map<String, Key> keys) {
        ConfigValue value = parent.value(name);
        if (value != null && !(value instanceof ConfigObject)) {
            parent.wrongType(parent.key(name), value);
        }
        return open(parent, List.of(name), value, keys, parent.nested(name)).checked();
    }

    /** The blocks under a key, by their own names; a name that cannot be one, or an entry that is none, is a problem. */
    static SortedMap<String, Section> children(Section parent, String name, String section) {
        Key key = parent.key(name);
        ConfigValue value = parent.value(name);
        Map<String, Object> written = parent.nested(name);
        if (value instanceof ConfigObject blocks) {
            if (blocks.isEmpty() && key.required()) {
                parent.problem(
                        name,
                        "has no entry; write for example " + name + " "
                                + key.type().example());
            }
            return named(parent, name, blocks, section, written);
        }
        if (value != null) {
            parent.wrongType(key, value);
        } else if (key.required()) {
            parent.missing(key);
        }
        return new TreeMap<>();
    }

    private static SortedMap<String, Section> named(
            Section parent, String name, ConfigObject blocks, String section, Map<String, Object> written) {
        SortedMap<String, Section> children = new TreeMap<>();
        new TreeMap<>(blocks).forEach((child, value) -> {
            if (isBlock(parent, name, child, value)) {
                Map<String, Object> inner = new LinkedHashMap<>();
                written.put(child, inner);
                children.put(child, open(parent, List.of(name, child), value, section, inner));
            }
        });
        return children;
    }

    /**
     * A block with the keys of a section, which are checked at once; those of a workload only when its kind is known.
     *
     * @param below from the parent to the block
     * @param value anything but a block counts as an empty one
     */
    private static Section open(
            Section parent,
            List<String> below,
            @Nullable ConfigValue value,
            String section,
            Map<String, Object> written) {
        boolean workload = section.equals(KeyTable.WORKLOAD);
        Map<String, Key> keys = KeyTable.section(workload ? KeyTable.WORKLOAD + ":idle" : section);
        Section child = open(parent, below, value, keys, written);
        return workload ? child : child.checked();
    }

    private static Section open(
            Section parent,
            List<String> below,
            @Nullable ConfigValue value,
            Map<String, Key> keys,
            Map<String, Object> written) {
        List<String> path = new ArrayList<>(parent.path());
        path.addAll(below);
        ConfigObject block =
                value instanceof ConfigObject o ? o : ConfigFactory.empty().root();
        Place place = value == null ? parent.place() : parent.hocon().place(value.origin(), path);
        return new Section(parent.hocon(), parent.findings(), path, block, place, keys, written);
    }

    private static boolean isBlock(Section parent, String name, String child, ConfigValue value) {
        List<String> above = Section.with(parent.path(), name);
        Place place = parent.hocon().place(value.origin(), Section.with(above, child));
        String dotted = String.join(".", above);
        if (!child.matches(NAME)) {
            parent.findings().problem(place, Sentences.badName(dotted, child));
            return false;
        }
        if (!(value instanceof ConfigObject)) {
            parent.findings()
                    .problem(
                            place,
                            dotted + "." + child + " is " + Sentences.described(value)
                                    + "; it must be a block { ... }");
            return false;
        }
        return true;
    }
}
