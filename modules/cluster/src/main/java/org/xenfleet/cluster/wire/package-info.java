/**
 * The wire format: messages between nodes as bytes, by Kryo 5, with registration required and ids that never change. Bytes
 * that come in may be anybody's: they make objects of registered types only, and never more of them than there are bytes.
 */
@NullMarked
package org.xenfleet.cluster.wire;

import org.jspecify.annotations.NullMarked;
