#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

#include "internal.h"

static const char *const labels[] = {"RSA PRIVATE KEY", "PRIVATE KEY", "RSA PUBLIC KEY", "PUBLIC KEY"};

static ss_status refuse_label(const char *label, ss_reason *reason) {
    static const struct {
        const char *label;
        ss_status status;
        const char *text;
    } known[] = {
        {"ENCRYPTED PRIVATE KEY", SS_ENCRYPTED, "the PEM is encrypted: decrypt it with `openssl pkey -in FILE -out PLAIN`"},
        {"EC PRIVATE KEY", SS_UNSUPPORTED, "not an RSA key: the PEM holds an elliptic-curve key"},
        {"DSA PRIVATE KEY", SS_UNSUPPORTED, "not an RSA key: the PEM holds a DSA key"},
        {"OPENSSH PRIVATE KEY", SS_UNSUPPORTED, "an OpenSSH key: convert it with `ssh-keygen -p -m PEM -f FILE`"},
        {"CERTIFICATE", SS_UNSUPPORTED,
         "a certificate, not a key: take its key out with `openssl x509 -pubkey -noout -in FILE`"},
        {"CERTIFICATE REQUEST", SS_UNSUPPORTED, "a certificate request, not a key"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(label, known[i].label) == 0) {
            return ss_fail(known[i].status, reason, known[i].text);
        }
    }
    return ss_fail(SS_UNSUPPORTED, reason, "a PEM block with a label that is not for RSA keys");
}

static ss_status accept_block(const char *label, const char *header, ss_encoding *encoding, ss_reason *reason) {
    if (strstr(header, "ENCRYPTED") != NULL) {
        return ss_fail(SS_ENCRYPTED, reason, "the PEM is encrypted: decrypt it with `openssl rsa -in FILE -out PLAIN`");
    }
    if (header[0] != '\0') {
        return ss_fail(SS_INVALID, reason, "the PEM block has headers inside");
    }
    for (int i = SS_PKCS1_PRIVATE; i <= SS_SPKI_PUBLIC; i++) {
        if (strcmp(label, labels[i]) == 0) {
            *encoding = (ss_encoding)i;
            return SS_OK;
        }
    }
    return refuse_label(label, reason);
}

static ss_status read_block(BIO *bio, ss_encoding *encoding, ss_buffer *der, ss_reason *reason) {
    char *label = NULL, *header = NULL;
    unsigned char *body = NULL;
    long count = 0;
    /* PEM_FLAG_SECURE makes OpenSSL wipe what it decodes through. */
    if (PEM_read_bio_ex(bio, &label, &header, &body, &count, PEM_FLAG_SECURE | PEM_FLAG_EAY_COMPATIBLE) != 1) {
        if (ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE) {
            return ss_fail(SS_OK, NULL, "");
        }
        return ss_fail_openssl(SS_INVALID, reason, "the PEM block is damaged");
    }
    ss_status status = accept_block(label, header, encoding, reason);
    if (status == SS_OK && count > SS_DER_MAX) {
        status = ss_fail(SS_UNSUPPORTED, reason, "the PEM block is larger than any RSA key of 8192 bits");
    }
    if (status == SS_OK && (der->start = OPENSSL_malloc((size_t)count)) == NULL) {
        status = ss_fail(SS_FAILED, reason, "out of memory");
    }
    if (status == SS_OK) {
        memcpy(der->start, body, (size_t)count);
        der->count = (size_t)count;
    }
    OPENSSL_secure_free(label);
    OPENSSL_secure_clear_free(header, strlen(header));
    OPENSSL_secure_clear_free(body, (size_t)count);
    return status;
}

ss_status ss_pem_next(ss_bytes text, size_t *offset, ss_encoding *encoding, ss_buffer *der, ss_reason *reason) {
    *der = (ss_buffer){NULL, 0};
    if (*offset >= text.count) {
        return SS_OK;
    }
    size_t rest = text.count - *offset;
    BIO *bio = rest > INT32_MAX ? NULL : BIO_new_mem_buf(text.start + *offset, (int)rest);
    if (bio == NULL) {
        return ss_fail(SS_FAILED, reason, "the text is too long");
    }
    ss_status status = read_block(bio, encoding, der, reason);
    *offset = text.count - BIO_ctrl_pending(bio);
    BIO_free(bio);
    return status;
}

ss_status ss_pem_write(ss_encoding encoding, ss_bytes der, ss_buffer *pem, ss_reason *reason) {
    *pem = (ss_buffer){NULL, 0};
    BIO *bio = BIO_new(BIO_s_secmem());
    char *text = NULL;
    long count = 0;
    ss_status status = SS_OK;
    if (bio == NULL || PEM_write_bio(bio, labels[encoding], "", der.start, (long)der.count) <= 0 ||
        (count = BIO_get_mem_data(bio, &text)) <= 0 || (pem->start = OPENSSL_malloc((size_t)count)) == NULL) {
        status = ss_fail_openssl(SS_FAILED, reason, "the PEM could not be written");
    } else {
        memcpy(pem->start, text, (size_t)count);
        pem->count = (size_t)count;
    }
    BIO_free(bio);
    return status;
}
