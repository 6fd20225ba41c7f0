/**
 * The configuration language of {@code xl}, Xen's tool stack, as the parser of Xen 4.17 reads it: first the text
 * ({@link org.xenfleet.xlcfg.XlParser}), which yields every assignment in file order, then the keys of a guest that the
 * simulator models ({@link org.xenfleet.xlcfg.GuestConfig}). The rules, with the odd corners that real files depend on,
 * are those of the reference text "xlcfg-grammar"; where this package is stricter than xl, the method says so. All types
 * are immutable and safe between threads, nothing here reads a file, a clock or a random number, and the work is linear
 * in the length of the text.
 */
@NullMarked
package org.xenfleet.xlcfg;

import org.jspecify.annotations.NullMarked;
