// The entry of ziffer_tests: doctest's own main, which runs every test case of tests/native/.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
