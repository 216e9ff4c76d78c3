/**
 * What woven code calls. The agent puts exactly this package on the bootstrap class path, where JDK classes can see it;
 * therefore it knows JDK types only, and stays as small as it can be.
 */
@NullMarked
package dev.sonde.boot;

import org.jspecify.annotations.NullMarked;
