/** What every way of weaving owes the annotations, as tests that a weaver's module runs. */
@NullMarked
package dev.sonde.testkit.contract;

import org.jspecify.annotations.NullMarked;
