// The one exception of the core. Every error carries a stable code, apart from its text; the
// binding layer hands both on.
#pragma once

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ziffer {

/// An error that a user can act on. `code` is stable (`shape_mismatch`, `invalid_config`, …);
/// `what()` reads `where: what was expected, what came, what to do`.
class Error : public std::runtime_error {
 public:
  Error(std::string_view code, const std::string& message);
  Error(std::string_view code, const char* message);
  /// The parts of the message, which are put together here once for all that throw.
  Error(std::string_view code, std::initializer_list<std::string_view> message);

  const std::string& code() const noexcept { return code_; }

 private:
  std::string code_;
};

}  // namespace ziffer
