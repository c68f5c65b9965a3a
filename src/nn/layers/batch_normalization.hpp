#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// y = gamma · (x − mean) / √(variance + epsilon) + beta for each channel of the last axis: in
/// training with the statistics of the batch, which the moving ones follow; else, and always where
/// it is not trainable, with the moving ones.
struct BatchNormalization {
  static constexpr const char* kClass = "BatchNormalization";
  float momentum = 0.99F;
  float epsilon = 1e-3F;
  bool center = true;  ///< has beta
  bool scale = true;   ///< has gamma
  Initializer beta_initializer = Initializer::zeros;
  Initializer gamma_initializer = Initializer::ones;
  Initializer moving_mean_initializer = Initializer::zeros;
  Initializer moving_variance_initializer = Initializer::ones;

  static constexpr void fields(auto& self, auto& v) {
    v.number("momentum", self.momentum);
    v.number("epsilon", self.epsilon, {0, kNoLimit, "an epsilon of at least 0", "a negative one"});
    v.flag("center", self.center);
    v.flag("scale", self.scale);
    v.word("beta_initializer", self.beta_initializer);
    v.word("gamma_initializer", self.gamma_initializer);
    v.word("moving_mean_initializer", self.moving_mean_initializer);
    v.word("moving_variance_initializer", self.moving_variance_initializer);
  }

  Shaped shape(const Incoming& in) const {
    Shaped out{in.shape};
    if (scale) out.parameters.push_back(per_channel("gamma", in.channels(), gamma_initializer));
    if (center) out.parameters.push_back(per_channel("beta", in.channels(), beta_initializer));
    const auto add_moving = [&](const char* name, Initializer initializer) {
      out.parameters.push_back(per_channel(name, in.channels(), initializer));
      out.parameters.back().momentum = momentum;
    };
    add_moving("moving_mean", moving_mean_initializer);
    add_moving("moving_variance", moving_variance_initializer);
    return out;
  }
};

}  // namespace ziffer::nn
