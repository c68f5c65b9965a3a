// The one exception of the core. Every error carries a stable code, apart from its text; the
// binding layer hands both on.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace ziffer {

/// An error that a user can act on. `code` is stable (`shape_mismatch`, `invalid_config`, …);
/// `what()` reads `where: what was expected, what came, what to do`.
class Error : public std::runtime_error {
 public:
  Error(std::string_view code, const std::string& message)
      : std::runtime_error(message), code_(code) {}

  const std::string& code() const noexcept { return code_; }

 private:
  std::string code_;
};

}  // namespace ziffer
