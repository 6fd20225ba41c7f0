package org.xenfleet.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the device model of a guest runs, by the words of {@code device-model} and of the command line. */
public enum DevicePlacement {
    /** Nowhere: the guest has none. */
    NONE("none"),
    /** A process of dom0 that may do what dom0 may. */
    DOM0("dom0"),
    /** A process of dom0 whose privileges its kernel limits. */
    DOM0_RESTRICTED("dom0-restricted"),
    /** A domain of its own that the toolstack makes for the guest. */
    STUBDOM("stubdom"),
    /** A domain of its own in a host that has taken dom0 apart. */
    SERVICE_DOMAIN("service-domain");

    private final String label;

    DevicePlacement(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether it is a domain with privilege over the guest and over nobody else. */
    public boolean isDomain() {
        return this == STUBDOM || this == SERVICE_DOMAIN;
    }

    /** The words that a user can choose from. */
    public static List<String> labels() {
        return Arrays.stream(values())
                .filter(p -> p != NONE)
                .map(DevicePlacement::label)
                .toList();
    }

    /** The place that a word stands for, if it is one of {@link #labels}. */
    public static Optional<DevicePlacement> of(String label) {
        return Arrays.stream(values())
                .filter(p -> p != NONE && p.label.equals(label))
                .findFirst();
    }
}
