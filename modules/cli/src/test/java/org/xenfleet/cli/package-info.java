@NullMarked
package org.xenfleet.cli;

import org.jspecify.annotations.NullMarked;
