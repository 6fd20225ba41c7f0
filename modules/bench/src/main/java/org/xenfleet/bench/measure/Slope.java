package org.xenfleet.bench.measure;

/** A straight line through points, by least squares. Immutable. */
public record Slope(double perUnit, double atZero) {

    /** At least two points with different {@code x}. */
    public static Slope of(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            products += (x[i] - meanX) * (y[i] - meanY);
            squares += (x[i] - meanX) * (x[i] - meanX);
        }
        if (squares == 0) {
            throw new IllegalArgumentException("all points are above one place");
        }
        double slope = products / squares;
        return new Slope(slope, meanY - slope * meanX);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
