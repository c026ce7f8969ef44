#ifndef ADPROV_CPCRE2_H
#define ADPROV_CPCRE2_H

// Strings of Swift are UTF-8.
#define PCRE2_CODE_UNIT_WIDTH 8

#include <pcre2.h>

#endif
