// libcurl for Swift. Its central functions are variadic, which Swift cannot call: one wrapper for each class of argument.

#ifndef ADPROV_CCURL_SHIM_H
#define ADPROV_CCURL_SHIM_H

#include <curl/curl.h>
#include <stddef.h>
#include <sys/prctl.h>

static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

/// libcurl copies the string; NULL restores the default.
static inline CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

/// The header, write and read callbacks have one type.
typedef size_t (*ccurl_data_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_callback(CURL *handle, CURLoption option, ccurl_data_callback value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/// The result of a message is in a union, whose Swift face would be two unsafe accessors.
static inline CURLcode ccurl_message_result(const CURLMsg *message) {
    return message->data.result;
}

/// prctl is variadic as well. The kernel keeps 15 bytes of the name.
static inline void ccurl_name_thread(const char *name) {
    (void)prctl(PR_SET_NAME, name);
}

#endif
