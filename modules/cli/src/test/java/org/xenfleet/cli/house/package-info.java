/**
 * What the house must stay like, checked over the compiled classes of all modules: see
 * {@link org.xenfleet.cli.house.HouseRulesTest}. Below {@code bad} stands a house that breaks every rule.
 */
@NullMarked
package org.xenfleet.cli.house;

import org.jspecify.annotations.NullMarked;
