// What Swift cannot import of libldap, liblber and GSSAPI: casts in macros, and function pointers passed as data pointers.
#ifndef CLDAP_SHIM_H
#define CLDAP_SHIM_H

#include <ldap.h>
#include <openldap.h>
#include <lber.h>
#include <sasl/sasl.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <krb5.h>

// LDAP_OPT_ON is the address of a private variable behind a cast.
static inline int cldap_switch_on(LDAP *ld, int option) { return ldap_set_option(ld, option, LDAP_OPT_ON); }

// The option takes a function where the prototype says `const void *`.
static inline int cldap_set_log_function(void (*function)(const char *line)) {
  return ber_set_option(NULL, LBER_OPT_LOG_PRINT_FN, (const void *)function);
}

// The name type is a global variable, and the absent arguments are casts.
static inline OM_uint32 cldap_import_principal(const char *principal, size_t length, gss_name_t *name, OM_uint32 *minor) {
  gss_buffer_desc text = {length, (void *)principal};
  return gss_import_name(minor, &text, GSS_KRB5_NT_PRINCIPAL_NAME, name);
}

static inline OM_uint32 cldap_acquire_credentials(
    const char *keytab, const char *cache, gss_name_t name, gss_cred_id_t *credentials, OM_uint32 *minor) {
  gss_key_value_element_desc elements[] = {{"client_keytab", keytab}, {"ccache", cache}};
  const gss_key_value_set_desc store = {2, elements};
  return gss_acquire_cred_from(
      minor, name, GSS_C_INDEFINITE, GSS_C_NO_OID_SET, GSS_C_INITIATE, &store, credentials, NULL, NULL);
}

// GSS_C_MECH_CODE and GSS_C_GSS_CODE come as Int32, GSS_C_NO_OID is a cast.
static inline OM_uint32 cldap_display_status(
    OM_uint32 status, int is_mechanism, OM_uint32 *more, gss_buffer_t text, OM_uint32 *minor) {
  return gss_display_status(
      minor, status, is_mechanism ? GSS_C_MECH_CODE : GSS_C_GSS_CODE, GSS_C_NO_OID, more, text);
}

#endif
