#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "internal.h"

/* EVP takes lengths as int; nothing that is sealed here comes near this. */
enum { SEALED_MAX = 1 << 20 };

static EVP_CIPHER *fetch_aes256gcm(void) { return EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL); }

static bool seal(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, const uint8_t key[32], ss_bytes plain, ss_bytes associated,
                 uint8_t *sealed) {
    int written = 0, rest = 0;
    uint8_t *nonce = sealed, *text = sealed + SS_SEAL_NONCE, *tag = text + plain.count;
    return EVP_EncryptInit_ex2(context, cipher, key, nonce, NULL) == 1 &&
           EVP_EncryptUpdate(context, NULL, &written, associated.start, (int)associated.count) == 1 &&
           EVP_EncryptUpdate(context, text, &written, plain.start, (int)plain.count) == 1 && (size_t)written == plain.count &&
           EVP_EncryptFinal_ex(context, text + written, &rest) == 1 && rest == 0 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, SS_SEAL_TAG, tag) == 1;
}

ss_status ss_seal(const uint8_t key[32], ss_bytes plain, ss_bytes associated, uint8_t *sealed, size_t capacity) {
    if (plain.count > SEALED_MAX || associated.count > SEALED_MAX || capacity != plain.count + SS_SEAL_OVERHEAD) {
        return ss_fail(SS_INVALID, NULL, "");
    }
    EVP_CIPHER *cipher = fetch_aes256gcm();
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool done = cipher != NULL && context != NULL && ss_random(sealed, SS_SEAL_NONCE) == SS_OK &&
                seal(context, cipher, key, plain, associated, sealed);
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
    return ss_fail(done ? SS_OK : SS_FAILED, NULL, "");
}

static bool open_sealed(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, const uint8_t key[32], ss_bytes sealed, ss_bytes associated,
                        uint8_t *plain, size_t count) {
    int written = 0, rest = 0;
    const uint8_t *text = sealed.start + SS_SEAL_NONCE;
    uint8_t tag[SS_SEAL_TAG];
    for (int i = 0; i < SS_SEAL_TAG; i++) {
        tag[i] = text[count + (size_t)i];
    }
    return EVP_DecryptInit_ex2(context, cipher, key, sealed.start, NULL) == 1 &&
           EVP_DecryptUpdate(context, NULL, &written, associated.start, (int)associated.count) == 1 &&
           EVP_DecryptUpdate(context, plain, &written, text, (int)count) == 1 && (size_t)written == count &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, SS_SEAL_TAG, tag) == 1 &&
           EVP_DecryptFinal_ex(context, plain + written, &rest) == 1 && rest == 0;
}

ss_status ss_open(const uint8_t key[32], ss_bytes sealed, ss_bytes associated, uint8_t *plain, size_t capacity) {
    if (sealed.count < SS_SEAL_OVERHEAD || sealed.count > SEALED_MAX + SS_SEAL_OVERHEAD || associated.count > SEALED_MAX ||
        capacity != sealed.count - SS_SEAL_OVERHEAD) {
        return ss_fail(SS_INCONSISTENT, NULL, "");
    }
    EVP_CIPHER *cipher = fetch_aes256gcm();
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool ready = cipher != NULL && context != NULL;
    bool done = ready && open_sealed(context, cipher, key, sealed, associated, plain, capacity);
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
    if (!done) {
        ss_wipe(plain, capacity); /* nothing unauthenticated leaves */
    }
    return ss_fail(done ? SS_OK : ready ? SS_INCONSISTENT : SS_FAILED, NULL, "");
}
