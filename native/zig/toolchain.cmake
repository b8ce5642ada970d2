# zig as the C compiler for the target HELIOGRAPH_TARGET: x86_64-gnu, aarch64-gnu, x86_64-musl or aarch64-musl, as
# CMakePresets.json sets it.
set(HELIOGRAPH_TARGET "" CACHE STRING "PROCESSOR-LIBC")
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES HELIOGRAPH_TARGET)

file(GLOB zig "${CMAKE_CURRENT_LIST_DIR}/node_modules/@zigc/linux-*/bin/zig")
if(NOT zig)
  message(NOTICE "heliograph: zig is needed for all platforms and was not found: npm ci --prefix native/zig --ignore-scripts")
  message(FATAL_ERROR "There is no zig.")
endif()

string(REGEX MATCH "^(x86_64|aarch64)-(gnu|musl)$" matched "${HELIOGRAPH_TARGET}")
if(NOT matched)
  message(FATAL_ERROR "HELIOGRAPH_TARGET is '${HELIOGRAPH_TARGET}': it can be x86_64 or aarch64, with -gnu or -musl.")
endif()
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR "${CMAKE_MATCH_1}")
set(libc_of_target "${CMAKE_MATCH_2}")
if(libc_of_target STREQUAL "gnu")
  set(libc_of_target "gnu.2.17") # RHEL 7, of 2014, and all that is younger
endif()
set(CMAKE_C_COMPILER "${zig}" cc)
set(CMAKE_C_COMPILER_TARGET "${CMAKE_SYSTEM_PROCESSOR}-linux-${libc_of_target}")

if(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64" AND NOT CMAKE_HOST_SYSTEM_PROCESSOR STREQUAL "aarch64")
  # Debian: qemu-user-static, libc6-arm64-cross.
  set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static)
  if(CMAKE_MATCH_2 STREQUAL "gnu")
    list(APPEND CMAKE_CROSSCOMPILING_EMULATOR -L /usr/aarch64-linux-gnu)
  endif()
  # musl's dynamic linker is in the folder that QEMU_LD_PREFIX names: native/test/arm64-root FOLDER musl.
endif()
set(CMAKE_SHARED_LINKER_FLAGS_INIT "\"-Wl,-T,${CMAKE_CURRENT_LIST_DIR}/no-debug.ld\"")
set(CMAKE_EXE_LINKER_FLAGS_INIT "\"-Wl,-T,${CMAKE_CURRENT_LIST_DIR}/no-debug.ld\"")
if(CMAKE_MATCH_2 STREQUAL "musl")
  # Else zig links programs statically, and compiles all of musl for each kind of program that CMake tries.
  string(APPEND CMAKE_EXE_LINKER_FLAGS_INIT " -dynamic")
endif()
