// What a saved run belongs to: a run goes on only with the model, settings and data it began with.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "nn/sequential.hpp"
#include "training/dataset.hpp"
#include "training/options.hpp"
#include "training/wire.hpp"

namespace ziffer::training {

/// FNV-1a, 64 bits: finds accidents, not forgers.
std::uint64_t digest(std::span<const std::uint8_t> bytes);
std::uint64_t digest(const std::string& text);

/// Of numbers in the order given.
template <class... T>
std::uint64_t digest_of(const T&... values) {
  WireWriter out;
  (out.put(values), ...);
  return digest(out.take());
}

/// Each part as a digest, so that what differs can be named. Model, compilation and settings are
/// taken as the JSON that says all of them, so that none can be forgotten. The data's contents are
/// not in it: they need not have arrived when a run goes on.
struct RunBinding {
  std::uint64_t model, compiled, settings, data;
};

RunBinding run_binding(const nn::Sequential&, const CompileOptions&, const FitOptions&,
                       const Dataset&, std::size_t training_count, std::size_t validation_count);

/// Errors: `invalid_run`, naming the first part that differs.
void require_same(const RunBinding& saved, const RunBinding& here);

}  // namespace ziffer::training
