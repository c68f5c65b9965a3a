// How a model runs: a Sequential compiled into operations over memory that is taken once. The fused
// Program is for speed; the unfused one keeps every layer's output, serves inspection, and is the
// fused one's test oracle.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/losses.hpp"
#include "engine/op.hpp"
#include "nn/sequential.hpp"

namespace ziffer::engine {

struct ProgramOptions {
  int capacity = 1;       ///< images in one pass at most
  bool training = false;  ///< memory for gradients too
  bool fused = true;      ///< false keeps the output of every layer
  bool input_gradient = false;
  Loss loss = {};
};

/// How many numbers a shard of a batch tells at each meeting of a step, in the order of the
/// meetings. None where images do not depend on each other.
std::vector<std::size_t> meetings(const nn::Sequential&);

/// How many images one pass of the model takes: `most`, or fewer where their activations and
/// gradients would exceed 256 MB. It depends on nothing else, since the order of sums follows it.
int images_at_once(const nn::Sequential&, int most);

class Program {
 public:
  Program(const nn::Sequential&, ProgramOptions);

  int capacity() const noexcept { return options_.capacity; }

  /// Where to put the images before a pass: [images][input size].
  std::span<float> input(int images);

  /// The outputs [images][output size] for what lies in input(); valid until the next pass. With a
  /// key as a training pass has them, which needs options.training.
  std::span<const float> forward(std::span<const float> parameters, int images,
                                 const DropoutKey* = nullptr);

  /// Loss of what lies in input(), without gradients; the outputs stay readable in output().
  /// `weights` [images]: what each image's loss is multiplied by; empty: 1.
  kernels::LossSum loss(std::span<const float> parameters, std::span<const std::uint8_t> labels,
                        std::span<const float> weights = {});

  /// Loss and its gradient, summed over the images and multiplied by `scale` (1 / batch size),
  /// written into `gradient` [parameter count]. One image for each label; dropout is active. Needs
  /// options.training.
  kernels::LossSum gradient(std::span<const float> parameters, std::span<const std::uint8_t> labels,
                            float scale, const DropoutKey&, std::span<float> gradient,
                            std::span<const float> weights = {});

  /// The same for one shard of a batch: advance() computes up to the next meeting and returns what
  /// this shard tells there, hear() takes what all of them told, [shards][as many], and so on until
  /// advance() returns nothing and learned() is the loss. What is passed must stay until then.
  void learn(std::span<const float> parameters, std::span<const std::uint8_t> labels, float scale,
             const DropoutKey&, std::span<float> gradient, std::span<const float> weights = {});
  std::span<const float> advance();
  void hear(std::span<const float> told_by_all);
  kernels::LossSum learned() const noexcept { return walk_.sum; }

  /// The last pass's outputs.
  std::span<const float> output() const noexcept { return activations_.back(); }

  /// d output[class] / d input for each image in input(), without dropout and before a last
  /// softmax, whose own derivative vanishes where the network is sure. Needs options.training and
  /// options.input_gradient.
  std::span<const float> input_gradient(std::span<const float> parameters, int images, int output);

  /// The last pass's output of layer `index` of the model, [images][size]; empty where fusing left
  /// none. A last softmax is included after forward().
  std::span<const float> activation(std::size_t layer) const;

 private:
  /// One operation, or one that joins several activations.
  struct Step {
    std::unique_ptr<Op> op;
    std::unique_ptr<Join> join;
    std::vector<std::size_t> from;  ///< the activations that it takes
    std::size_t output_size;
  };

  void compile(const nn::Sequential&);
  std::vector<std::size_t> taken(const nn::Layer&) const;
  void add(std::unique_ptr<Op>, std::size_t from);
  void reserve();
  void reserve_gradients(std::size_t widest);
  Pass pass(std::span<const float> parameters, int images, bool keeps);
  /// Runs all operations; the last activation holds logits where the model ends in a softmax.
  void run(const Pass&);
  std::span<const std::span<float>> inputs_of(const Step&);
  void step_forward(const Pass&, std::size_t step);
  std::span<float> begin_back(int images);
  void step_back(const Pass&, std::size_t step);
  Head head_of(const nn::Layer& last) const;
  kernels::LossSum apply_loss(std::span<const std::uint8_t> labels, std::span<const float> weights,
                              float scale, std::span<float> gradient);
  /// Where the gradient by an activation lies; none where nobody wants it.
  std::span<float> gradient_of(std::size_t activation, int images);

  ProgramOptions options_;
  std::size_t input_size_, output_size_, parameter_count_;
  Head head_ = Head::none;  ///< the last activation, which is left to the loss
  std::vector<Step> steps_;
  bool chain_ = true;  ///< every step takes the one before it
  static constexpr std::size_t kNone = ~std::size_t{0};
  std::vector<std::size_t>
      activation_of_layer_;                  ///< kNone: fused away; a Flatten shares its input's
  std::vector<std::vector<float>> buffers_;  ///< [0] input, then one an operation
  std::vector<std::span<float>>
      activations_;  ///< the part of each buffer that the last pass filled
  /// Gradients by the activations. A chain needs those of two neighbours, in turn; a graph has one
  /// for each, and another for what is to be added to it.
  std::vector<std::vector<float>> gradients_;
  std::vector<bool> begun_;
  std::vector<float> d_input_, more_;
  std::vector<std::span<float>> joined_;
  /// A pass that learns, on its way.
  struct Walk {
    Pass pass;
    DropoutKey key;
    std::span<const std::uint8_t> labels;
    std::span<const float> weights;
    float scale = 0;
    std::span<float> gradient;
    kernels::LossSum sum;
    std::size_t at = 0;  ///< the step that comes next, back: the one before it
    bool returns = false;
    std::vector<float> told, heard;
  } walk_;
  std::vector<float> unused_gradient_;
  std::vector<float> scratch_;
};

}  // namespace ziffer::engine
