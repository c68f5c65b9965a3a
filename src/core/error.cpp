#include "core/error.hpp"

namespace ziffer {
namespace {

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out;
}

}  // namespace

Error::Error(std::string_view code, const std::string& message)
    : std::runtime_error(message), code_(code) {}
Error::Error(std::string_view code, const char* message)
    : std::runtime_error(message), code_(code) {}
Error::Error(std::string_view code, std::initializer_list<std::string_view> message)
    : Error(code, joined(message)) {}

}  // namespace ziffer
