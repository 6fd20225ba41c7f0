package org.xenfleet.host.measured;

/** A figure of one experiment, as it was measured and as the model has it. */
record Row(String experiment, String version, String figure, String unit, double real, double model, Compared how) {
    boolean agrees() {
        return how.agree(real, model);
    }

    @Override
    public String toString() {
        return "%s, %s: %s: real %s %s, model %s %s, %s"
                .formatted(
                        version,
                        experiment,
                        figure,
                        Compared.number(real),
                        unit,
                        Compared.number(model),
                        unit,
                        how.text());
    }
}
