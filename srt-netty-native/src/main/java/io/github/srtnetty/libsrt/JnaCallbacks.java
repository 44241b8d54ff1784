// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Map;

/**
 * Frees the callbacks that JNA keeps for this library. JNA itself frees a callback some time after it was collected,
 * and only if callbacks are still used. Until then its thread {@code JNA Cleaner} runs and holds the class loader. JNA
 * has no method that frees them earlier.
 */
final class JnaCallbacks {
    private JnaCallbacks() {}

    /** Frees all callbacks. Call it only when libsrt can no longer call back. */
    static void free() {
        try {
            Field field = CallbackReference.class.getDeclaredField("callbackMap");
            field.setAccessible(true);
            Map<?, ?> references = (Map<?, ?>) field.get(null);
            synchronized (references) {
                for (Object callback : new ArrayList<>(references.keySet())) {
                    if (isOurs(callback) && references.remove(callback) instanceof CallbackReference reference) {
                        reference.close();
                    }
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) { // JNA is a named module or another version
            SrtLog.failure("cannot free JNA's callbacks, which may hold the class loader", e);
        }
    }

    private static boolean isOurs(Object callback) {
        return callback instanceof Callback
                && callback.getClass().getClassLoader() == JnaCallbacks.class.getClassLoader()
                && callback.getClass().getPackage() == JnaCallbacks.class.getPackage();
    }
}
