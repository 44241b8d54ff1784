// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * POSIX signals. The only Java interface for them is {@code sun.misc.Signal}, in the module {@code
 * jdk.unsupported}, which JEP 260 keeps until there is a replacement. It is called by reflection, so nothing here
 * is compiled against it. If it is missing, or the system has no such signal, the methods return false.
 */
public final class Signals {
    private Signals() {}

    /**
     * Runs a task on its own thread whenever a signal such as {@code HUP} arrives; returns whether that is possible.
     */
    public static boolean on(String name, Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        if (method.getName().equals("handle")) {
                            task.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            return true;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return false; // unknown here, or taken by the JVM
            }
            throw new IllegalStateException("signal " + name, e);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
