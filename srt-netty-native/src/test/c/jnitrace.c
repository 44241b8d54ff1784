// SPDX-License-Identifier: Apache-2.0
// A JVMTI agent that writes each class, method and field that the native code of JNA asks the JVM for by name, one a line, to the file
// that its option names: "class NAME", "method CLASS NAME SIGNATURE", "field CLASS NAME SIGNATURE". GraalVM needs these as metadata.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <jni.h>
#include <jvmti.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static struct JNINativeInterface_ original;
static jvmtiEnv *jvmti;
static FILE *out;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// Whether the call comes from JNA's library, which is loaded as a file jna*.tmp; the JDK's own libraries need no metadata.
static int is_jna(void *caller) {
    Dl_info info;
    return dladdr(caller, &info) != 0 && info.dli_fname != NULL &&
        (strstr(info.dli_fname, "/jna") != NULL || strstr(info.dli_fname, "jnidispatch") != NULL);
}

static void name_of(jclass class, char *name, size_t size) {
    char *signature = NULL;
    name[0] = 0;
    if (class != NULL && (*jvmti)->GetClassSignature(jvmti, class, &signature, NULL) == JVMTI_ERROR_NONE) {
        snprintf(name, size, "%s", signature[0] == 'L' ? signature + 1 : signature);
        name[strcspn(name, ";")] = 0;
        (*jvmti)->Deallocate(jvmti, (unsigned char *) signature);
    }
}

static void member(void *caller, const char *kind, jclass class, const char *name, const char *signature) {
    char owner[512];
    if (!is_jna(caller)) {
        return;
    }
    name_of(class, owner, sizeof owner);
    pthread_mutex_lock(&lock);
    fprintf(out, "%s %s %s %s\n", kind, owner, name, signature);
    fflush(out);
    pthread_mutex_unlock(&lock);
}

static jclass JNICALL find_class(JNIEnv *env, const char *name) {
    if (is_jna(__builtin_return_address(0))) {
        pthread_mutex_lock(&lock);
        fprintf(out, "class %s\n", name);
        fflush(out);
        pthread_mutex_unlock(&lock);
    }
    return original.FindClass(env, name);
}

static jmethodID JNICALL method(JNIEnv *env, jclass class, const char *name, const char *signature) {
    member(__builtin_return_address(0), "method", class, name, signature);
    return original.GetMethodID(env, class, name, signature);
}

static jmethodID JNICALL static_method(JNIEnv *env, jclass class, const char *name, const char *signature) {
    member(__builtin_return_address(0), "method", class, name, signature);
    return original.GetStaticMethodID(env, class, name, signature);
}

static jfieldID JNICALL field(JNIEnv *env, jclass class, const char *name, const char *signature) {
    member(__builtin_return_address(0), "field", class, name, signature);
    return original.GetFieldID(env, class, name, signature);
}

static jfieldID JNICALL static_field(JNIEnv *env, jclass class, const char *name, const char *signature) {
    member(__builtin_return_address(0), "field", class, name, signature);
    return original.GetStaticFieldID(env, class, name, signature);
}

// How JNA gets the method of a callback.
static jmethodID JNICALL reflected(JNIEnv *env, jobject object) {
    jmethodID id = original.FromReflectedMethod(env, object);
    char *name = NULL, *signature = NULL;
    jclass class = NULL;
    if (is_jna(__builtin_return_address(0)) && (*jvmti)->GetMethodName(jvmti, id, &name, &signature, NULL) == JVMTI_ERROR_NONE) {
        (*jvmti)->GetMethodDeclaringClass(jvmti, id, &class);
        member(__builtin_return_address(0), "method", class, name, signature);
        (*jvmti)->Deallocate(jvmti, (unsigned char *) name);
        (*jvmti)->Deallocate(jvmti, (unsigned char *) signature);
    }
    return id;
}

static jint JNICALL natives(JNIEnv *env, jclass class, const JNINativeMethod *methods, jint count) {
    for (jint i = 0; i < count; i++) {
        member(__builtin_return_address(0), "method", class, methods[i].name, methods[i].signature);
    }
    return original.RegisterNatives(env, class, methods, count);
}

static void JNICALL started(jvmtiEnv *tool, JNIEnv *env, jthread thread) {
    jniNativeInterface *table;
    (void) env;
    (void) thread;
    if ((*tool)->GetJNIFunctionTable(tool, &table) != JVMTI_ERROR_NONE) {
        return;
    }
    original = *table;
    table->FromReflectedMethod = reflected;
    table->RegisterNatives = natives;
    table->FindClass = find_class;
    table->GetMethodID = method;
    table->GetStaticMethodID = static_method;
    table->GetFieldID = field;
    table->GetStaticFieldID = static_field;
    (*tool)->SetJNIFunctionTable(tool, table);
}

JNIEXPORT jint JNICALL Agent_OnLoad(JavaVM *vm, char *options, void *reserved) {
    jvmtiEventCallbacks callbacks;
    (void) reserved;
    out = fopen(options, "w");
    if (out == NULL || (*vm)->GetEnv(vm, (void **) &jvmti, JVMTI_VERSION_1_2) != JNI_OK) {
        return JNI_ERR;
    }
    memset(&callbacks, 0, sizeof callbacks);
    callbacks.VMInit = started;
    (*jvmti)->SetEventCallbacks(jvmti, &callbacks, sizeof callbacks);
    return (*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_VM_INIT, NULL) == JVMTI_ERROR_NONE ? JNI_OK : JNI_ERR;
}
