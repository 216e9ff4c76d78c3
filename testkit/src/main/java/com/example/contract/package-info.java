/** A program whose methods are observed in every way the annotations know; its observations are what a weaver is held to. */
@NullMarked
package com.example.contract;

import org.jspecify.annotations.NullMarked;
