#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <string.h>

#include "internal.h"

static const char *const labels[] = {"RSA PRIVATE KEY", "PRIVATE KEY", "RSA PUBLIC KEY", "PUBLIC KEY"};

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
