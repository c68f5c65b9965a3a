#include "training/image_weights.hpp"

#include <algorithm>
#include <cmath>

#include "core/index.hpp"

namespace ziffer::training {
namespace {

[[noreturn]] void fail(const char* call, const std::string& what) {
  throw Error("invalid_config", {call, ": ", what});
}

}  // namespace

std::vector<float> class_weights(const FitOptions& options, const Dataset& data) {
  const std::vector<double>& given = options.class_weight;
  check_image_weights("fit", options.sample_weight, data);
  if (given.empty()) return {};
  if (!options.sample_weight.empty()) {
    fail("fit", "expected class_weight or sample_weight, got both. Keras takes one of them.");
  }
  if (given.size() > at(data.classes())) {
    fail("fit", "class_weight names class " + std::to_string(given.size() - 1) +
                    ", the data set has classes 0 to " + std::to_string(data.classes() - 1) + ".");
  }
  std::vector<float> out(given.begin(), given.end());
  out.resize(at(data.classes()), 1.0F);
  return out;
}

void check_image_weights(const char* call, std::span<const float> weights, const Dataset& data) {
  if (weights.empty()) return;
  if (weights.size() != data.count()) {
    fail(call, "expected a sample_weight for each of the " + std::to_string(data.count()) +
                   " images, got " + std::to_string(weights.size()) + ".");
  }
  const auto is_weight = [](float w) { return std::isfinite(w) && w >= 0; };
  if (!std::ranges::all_of(weights, is_weight)) {
    fail(call, "expected sample_weight to have finite numbers of at least 0.");
  }
}

}  // namespace ziffer::training
