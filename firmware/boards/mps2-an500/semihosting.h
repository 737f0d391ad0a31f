// Files and the end of the program, by way of the debugger or emulator [ARM: Semihosting for AArch32 and AArch64, 2.0].
#ifndef CQD_SEMIHOSTING_H
#define CQD_SEMIHOSTING_H

#include <stdbool.h>
#include <stdint.h>

enum file_mode { FILE_READ = 1, FILE_WRITE = 5 };

/** Handle of a file in the emulator's folder, -1 if it cannot be opened. */
int32_t file_open(const char* name, enum file_mode mode);

/** Bytes that were read, fewer than `bytes` only at the end of the file. */
uint32_t file_read(int32_t handle, void* target, uint32_t bytes);

/** Whether all bytes were written. */
bool file_write(int32_t handle, const void* source, uint32_t bytes);

/** Text on the emulator's standard error. */
void print(const char* text);

/** Ends the emulator with this exit code. */
_Noreturn void leave(uint32_t code);

#endif
