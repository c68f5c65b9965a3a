// What each image counts in the loss, as `fit` says it: by class or by image.
#pragma once

#include <span>
#include <vector>

#include "training/dataset.hpp"
#include "training/options.hpp"

namespace ziffer::training {

/// One weight a class, where any is given: classes that are not named count 1, as in Keras. Errors:
/// `invalid_config` unless these options' weights fit the data.
std::vector<float> class_weights(const FitOptions&, const Dataset&);

/// Errors: `invalid_config` unless they are none, or one for each image, finite and at least 0.
void check_image_weights(const char* call, std::span<const float>, const Dataset&);

}  // namespace ziffer::training
