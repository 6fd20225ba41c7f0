package org.xenfleet.xlcfg.device;

/** Hears what is wrong with one text. What is told continues a sentence that names the key and the text. */
public interface SpecReport {
    /** Something for which xl refuses the whole file. */
    void refuse(String what);

    /** Something of which xl complains, or that it drops, and goes on. */
    void warn(String what);
}
