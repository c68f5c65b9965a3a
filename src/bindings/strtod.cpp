// The C library's strtod for the browser's modules: JavaScript reads the number. Both round
// correctly, so the result is the same to the last bit; the library's own works in 128-bit software
// arithmetic, which every page would fetch. Only the JSON reader and its fields call this,
// with the text of one whole number.
#include <emscripten/val.h>

#include <cstring>
#include <string>

extern "C" {

double strtod(const char* text, char** end) {
  if (end != nullptr) *end = const_cast<char*>(text) + std::strlen(text);
  return emscripten::val::global("Number")(std::string(text)).as<double>();
}

// Nobody calls these. The library has all three in one file, so that its strtod would come along
// with them.
float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) { return strtod(text, end); }

}  // extern "C"
