#include <openssl/err.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"

ss_status ss_fail(ss_status status, ss_reason *reason, const char *text) {
    ERR_clear_error();
    if (reason != NULL) {
        snprintf(reason->text, sizeof reason->text, "%s", text);
    }
    return status;
}

ss_status ss_fail_openssl(ss_status status, ss_reason *reason, const char *text) {
    unsigned long error;
    const char *last = "";
    /* OpenSSL queues the root cause first and each caller's view after it; equal neighbours say nothing new. */
    if (reason != NULL) {
        size_t used = (size_t)snprintf(reason->text, sizeof reason->text, "%s", text);
        const char *separator = " (OpenSSL: ";
        bool opened = false;
        while ((error = ERR_get_error()) != 0) {
            const char *detail = ERR_reason_error_string(error);
            if (detail == NULL || strcmp(detail, last) == 0 || used + strlen(separator) + strlen(detail) + 2 > sizeof reason->text) {
                continue;
            }
            used += (size_t)snprintf(reason->text + used, sizeof reason->text - used, "%s%s", separator, detail);
            separator = ", ";
            opened = true;
            last = detail;
        }
        if (opened) {
            snprintf(reason->text + used, sizeof reason->text - used, ")");
        }
    }
    ERR_clear_error();
    return status;
}
