/**
 * Checkpoints in PostgreSQL, for runs on several machines. Found through {@link org.xenfleet.fleet.store.RunStores}; no class of
 * this package, nor of its libraries, is loaded by a run that keeps its checkpoints in a folder.
 */
@NullMarked
package org.xenfleet.postgresql;

import org.jspecify.annotations.NullMarked;
