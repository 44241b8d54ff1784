// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Map;

/**
 * Frees the callbacks that JNA keeps for this library. JNA frees one itself some time after it was collected, if
 * callbacks are used then, and until that its thread {@code JNA Cleaner} runs and holds the class loader; it offers no
 * call for it.
 */
final class JnaCallbacks {
    private JnaCallbacks() {}

    /** Frees all of them; call it once libsrt cannot call back any more. */
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
        } catch (ReflectiveOperationException | RuntimeException e) { // JNA as a named module, or another version of it
            SrtLog.failure("JNA keeps the callbacks, and maybe the class loader", e);
        }
    }

    private static boolean isOurs(Object callback) {
        return callback instanceof Callback
                && callback.getClass().getClassLoader() == JnaCallbacks.class.getClassLoader()
                && callback.getClass().getPackage() == JnaCallbacks.class.getPackage();
    }
}
