/** What an annotation or a configuration says about observed methods, and how it is read from a call. */
@NullMarked
package dev.sonde.runtime.observe;

import org.jspecify.annotations.NullMarked;
