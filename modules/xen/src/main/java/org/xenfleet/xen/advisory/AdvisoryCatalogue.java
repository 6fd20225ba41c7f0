package org.xenfleet.xen.advisory;

import java.util.List;
import java.util.Optional;

/** The advisories that are shipped, in the order of their numbers. Immutable; may be shared by threads. */
public final class AdvisoryCatalogue {
    private static final AdvisoryCatalogue SHIPPED = new AdvisoryCatalogue(AdvisoryReader.shipped());

    private final List<Advisory> advisories;

    private AdvisoryCatalogue(List<Advisory> advisories) {
        this.advisories = List.copyOf(advisories);
    }

    public static AdvisoryCatalogue shipped() {
        return SHIPPED;
    }

    public List<Advisory> all() {
        return advisories;
    }

    /** @param id in lower case, {@code xsa-89} */
    public Optional<Advisory> find(String id) {
        return advisories.stream().filter(a -> a.id().equals(id)).findFirst();
    }

    public List<String> ids() {
        return advisories.stream().map(Advisory::id).toList();
    }
}
