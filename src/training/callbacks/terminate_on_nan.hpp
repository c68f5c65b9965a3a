#pragma once

#include "training/callback.hpp"

namespace ziffer::training {

/// Ends training where the loss of a batch is no finite number, as an epoch that ends there.
/// Without it, or with `raise_error`, that is an error.
struct TerminateOnNaN {
  static constexpr const char* kName = "terminate_on_nan";
  bool raise_error = false;

  static constexpr void fields(auto& self, auto& v) { v.flag("raise_error", self.raise_error); }

  std::unique_ptr<Callback> make() const;
};

}  // namespace ziffer::training
