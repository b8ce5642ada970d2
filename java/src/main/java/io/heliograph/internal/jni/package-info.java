/** The way into the native library and nothing else: loading it, its natives, its errors. */
@NullMarked
package io.heliograph.internal.jni;

import org.jspecify.annotations.NullMarked;
