/**
 * The small languages inside an xl file: what a text in {@code disk}, {@code vif}, {@code pci} and other lists may say
 * (xlcfg-grammar sections 2.8 to 2.10). Each class checks one of them as xl 4.17 does and tells an
 * {@link org.xenfleet.xlcfg.device.SpecReport} what is wrong; none keeps what the text means, since the simulator has
 * no such devices. Everything here is stateless or for one file and one thread, and linear in the text.
 */
@NullMarked
package org.xenfleet.xlcfg.device;

import org.jspecify.annotations.NullMarked;
