/* What OpenSSL itself says of an RS256 signature, by its own reading of the key and the padding: to compare the shim with. */
#ifndef COPENSSLVERDICT_H
#define COPENSSLVERDICT_H

#include <stdbool.h>
#include <stddef.h>

/* `key` is a SubjectPublicKeyInfo in DER. */
bool openssl_accepts(const void *key, size_t key_count, const void *message, size_t message_count, const void *signature,
                     size_t signature_count);

#endif
