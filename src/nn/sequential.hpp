// A model's description: layers with their shapes, what each takes, and where each parameter lies
// in the one flat array. It computes nothing; engine/program.hpp runs it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/shape.hpp"
#include "nn/layers.hpp"

namespace ziffer::nn {

struct Layer {
  std::string name;
  LayerKind kind;
  Shape input, output;
  std::vector<Parameter> parameters;
  /// Else training leaves its parameters as they are.
  bool trainable = true;
  /// What it takes: 0 is the model's input, i + 1 the output of layer i.
  std::vector<std::size_t> sources = {0};
  std::vector<Shape> inputs = {};  ///< their shapes; `input` is the first

  std::size_t parameter_count() const noexcept;
  /// `Conv2D "conv1"`: how errors name this layer.
  std::string label() const;
};

/// In bytes, of a model or a layer.
inline constexpr std::size_t kLongestName = 256;

class Sequential {
 public:
  /// Infers every shape. Errors: `shape_mismatch` (the layer cannot take what comes),
  /// `invalid_config` (a setting out of range, a name used twice or too long, a layer that takes
  /// what does not stand before it or that nobody takes), `model_too_large`
  /// (over 256 layers, 64 Mi parameters, 16 Mi numbers in one output, 32 Mi in all, 32 Mi in one
  /// convolution's patches, or 2^34 multiplications for one image).
  Sequential(std::string name, Shape input, std::vector<LayerSpec> layers);

  const std::string& name() const noexcept { return name_; }
  const Shape& input() const noexcept { return input_; }
  const Shape& output() const noexcept { return layers_.empty() ? input_ : layers_.back().output; }
  const std::vector<Layer>& layers() const noexcept { return layers_; }
  std::size_t parameter_count() const noexcept { return parameter_count_; }
  /// Whether each layer takes the one before it, and nothing else.
  bool is_chain() const noexcept;
  /// Of a forward pass of one image: each weight of a kernel serves once an output position.
  std::uint64_t multiplications() const noexcept;
  /// The same for the time that an image takes: whatever is slow counts more, pooling counts too.
  std::uint64_t work() const noexcept { return work_; }

  /// The flat array a fresh model starts from; every tensor draws from a stream of its own, counted
  /// from the front, so that a layer added at the end, or anywhere if it has no weights, leaves the
  /// others' as they were.
  std::vector<float> initial_parameters(std::uint64_t seed) const;

 private:
  std::vector<std::size_t> sources_of(const std::string& label,
                                      const std::vector<std::string>& inbound) const;
  void require_all_taken() const;

  std::string name_;
  Shape input_;
  std::vector<Layer> layers_;
  std::size_t parameter_count_ = 0;
  std::uint64_t work_ = 0;
};

}  // namespace ziffer::nn
