package org.xenfleet.assess;

/**
 * Somebody beside the device model from whom one might fear the call on a guest. Immutable.
 *
 * @param name {@code the guest itself}, or the name of another guest
 * @param exploitable whether a call of his could tie a physical CPU, by the rules that runs go by
 */
public record OtherCaller(String name, Finding finding, boolean exploitable) {}
