/**
 * Where checkpoints lie. {@link org.xenfleet.fleet.store.RunStores} opens the store that the user named: a folder of this
 * machine, or what a {@link org.xenfleet.fleet.store.RunStoreProvider} on the class path brings.
 */
@NullMarked
package org.xenfleet.fleet.store;

import org.jspecify.annotations.NullMarked;
