#include <cmath>

#include "core/math.hpp"
#include "engine/ops/augmenting.hpp"

namespace ziffer::engine {
namespace {

/// Pixels: a share of the extent below 1; of a whole number of pixels one of those below it, with
/// either sign.
float draw_shift(Rng& rng, float range, int extent) {
  if (range < 1) return rng.uniform(-range, range) * static_cast<float>(extent);
  if (range != std::floor(range)) return rng.uniform(-range, range);
  const auto pixels = static_cast<float>(rng.below(static_cast<std::uint32_t>(range)));
  return rng.uniform() < 0.5F ? -pixels : pixels;
}

struct Generated {
  nn::ImageDataGenerator of;

  kernels::Affine operator()(Rng& rng, const kernels::Picture& p) const {
    constexpr float kRadians = 0.017453292519943295F;
    const float turn = rng.uniform(-of.rotation_range, of.rotation_range) * kRadians;
    const float tx = draw_shift(rng, of.height_shift_range, p.height);
    const float ty = draw_shift(rng, of.width_shift_range, p.width);
    const float shear = rng.uniform(-of.shear_range, of.shear_range) * kRadians;
    const float zx = uniform(rng, of.zoom_range), zy = uniform(rng, of.zoom_range);
    const bool sideways = rng.uniform() < 0.5F && of.horizontal_flip;
    const bool upright = rng.uniform() < 0.5F && of.vertical_flip;
    return flipped(about_middle(turn, tx, ty, shear, zx, zy, p), sideways, upright, p);
  }

 private:
  /// Rotation · shift · shear · zoom about the middle. Keras builds it for (row, column), and then
  /// exchanges the two, the shifts and the middle with them: what is called the shift of the height
  /// moves along the width.
  static kernels::Affine about_middle(float turn, float tx, float ty, float shear, float zx,
                                      float zy, const kernels::Picture& p) {
    const float c = cos(turn), s = sin(turn), cs = cos(shear), ss = sin(shear);
    const float xx = c * zx, xy = (c * -ss - s * cs) * zy;
    const float yx = s * zx, yy = (s * -ss + c * cs) * zy;
    const float mx = static_cast<float>(p.height) / 2 - 0.5F;
    const float my = static_cast<float>(p.width) / 2 - 0.5F;
    return {xx, xy, c * tx - s * ty + mx - xx * mx - xy * my,
            yx, yy, s * tx + c * ty + my - yx * mx - yy * my};
  }

  static kernels::Affine flipped(kernels::Affine from, bool sideways, bool upright,
                                 const kernels::Picture& p) {
    const auto right = static_cast<float>(p.width - 1), bottom = static_cast<float>(p.height - 1);
    if (sideways) {
      from.x0 += from.xx * right, from.y0 += from.yx * right;
      from.xx = -from.xx, from.yx = -from.yx;
    }
    if (upright) {
      from.x0 += from.xy * bottom, from.y0 += from.yy * bottom;
      from.xy = -from.xy, from.yy = -from.yy;
    }
    return from;
  }
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::ImageDataGenerator& settings, const nn::Layer& layer,
                         nn::Activation) {
  const kernels::Sampling sampling{fill_of(settings.fill_mode), settings.cval,
                                   settings.interpolation_order == 1, true};
  return make_moving(layer, sampling, settings.seed, Generated{settings});
}

}  // namespace ziffer::engine
