// Runs that were saved before callbacks had bytes of their own (version 2, until autumn 2026).
// Browsers keep a run for thirty days.
#pragma once

#include "training/run_binding.hpp"

namespace ziffer::training {

inline constexpr std::uint64_t kVersion2 = 0x7a66737461746532ULL;

/// The content of a run of version 2, without its magic number and checksum, as version 3 has it,
/// bound to `here`. Errors: `invalid_run` where it was begun with something else than `here` and
/// these settings say, `invalid_task` where it ends too early.
std::vector<std::uint8_t> from_version2(std::span<const std::uint8_t> content,
                                        const RunBinding& here, const OptimizerSettings&,
                                        const FitOptions&, std::size_t parameters);

}  // namespace ziffer::training
