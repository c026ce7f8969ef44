#ifndef ADPROV_CSYSTEMD_H
#define ADPROV_CSYSTEMD_H

// Keeps the macros from naming this header as the place of every journal entry.
#define SD_JOURNAL_SUPPRESS_LOCATION

#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>

#endif
