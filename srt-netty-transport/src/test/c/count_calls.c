// SPDX-License-Identifier: Apache-2.0
// Counts the calls of libsrt's functions and passes them on to libsrt, which it is linked against. Compile with
//   -DFUNCTIONS='COUNTED(srt_startup) COUNTED(srt_cleanup) ...'
// The figure of a function F is the global variable calls_of_F.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

// Integers of all widths and pointers are passed in registers (x86-64, AArch64), and LibSrt has none with more than four.
typedef long function(long, long, long, long);

static function *find(const char *name) {
    function *found = (function *) dlsym(RTLD_NEXT, name);
    if (!found) {
        fprintf(stderr, "libsrt has no %s\n", name);
        abort();
    }
    return found;
}

#define COUNTED(name)                                  \
    atomic_long calls_of_##name;                       \
    long name(long a, long b, long c, long d) {        \
        static _Atomic(function *) next;               \
        function *real = atomic_load(&next);           \
        if (!real) {                                   \
            real = find(#name);                        \
            atomic_store(&next, real);                 \
        }                                              \
        atomic_fetch_add(&calls_of_##name, 1);         \
        return real(a, b, c, d);                       \
    }

FUNCTIONS
