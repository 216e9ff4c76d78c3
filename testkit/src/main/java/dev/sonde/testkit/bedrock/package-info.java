/** A local stand-in for Amazon Bedrock's runtime: same wire, event streams included. */
@NullMarked
package dev.sonde.testkit.bedrock;

import org.jspecify.annotations.NullMarked;
