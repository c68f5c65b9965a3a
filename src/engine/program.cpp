#include "engine/program.hpp"

#include <algorithm>

#include "core/index.hpp"
#include "core/sizes.hpp"
#include "engine/activate.hpp"
#include "engine/ops/conv_relu_pool.hpp"
#include "engine/ops/make.hpp"
#include "kernels/elementwise.hpp"

namespace ziffer::engine {
namespace {

/// The activation that a layer's settings name.
nn::Activation activation_of(const nn::Layer& layer) {
  return std::visit(
      [](const auto& kind) {
        if constexpr (requires { kind.activation; }) return kind.activation;
        return nn::Activation::linear;
      },
      layer.kind);
}

/// The operation of one layer; none where only the shape changes.
std::unique_ptr<Op> make_op(const nn::Layer& layer, nn::Activation activation) {
  return std::visit(
      [&](const auto& kind) -> std::unique_ptr<Op> {
        if constexpr (requires { kind.kOnlyShape; })
          return nullptr;
        else
          return make(kind, layer, activation);
      },
      layer.kind);
}

/// Whether a layer's activation is a step behind it.
bool runs_apart(const nn::Layer& layer, nn::Activation activation) {
  return slope_from_input(activation) && !std::holds_alternative<nn::ActivationLayer>(layer.kind);
}

}  // namespace

std::vector<std::size_t> meetings(const nn::Sequential& model) {
  std::vector<std::size_t> out, back;
  for (const nn::Layer& layer : model.layers()) {
    const auto op = make_op(layer, nn::Activation::linear);
    if (!op || op->meeting().forward == 0) continue;
    out.push_back(op->meeting().forward);
    back.push_back(op->meeting().back);
  }
  out.insert(out.end(), back.rbegin(), back.rend());
  return out;
}

int images_at_once(const nn::Sequential& model, int most) {
  std::uint64_t each = model.input().size(), widest = each;
  for (const nn::Layer& layer : model.layers()) {
    each += layer.output.size() * (runs_apart(layer, activation_of(layer)) ? 2 : 1);
    widest = std::max<std::uint64_t>(widest, layer.output.size());
  }
  constexpr std::uint64_t kFloats = std::uint64_t{1} << 26;
  const std::uint64_t fit = kFloats / (each + 2 * widest);
  return static_cast<int>(std::clamp<std::uint64_t>(fit, 1, static_cast<std::uint64_t>(most)));
}

Program::Program(const nn::Sequential& model, ProgramOptions options)
    : options_(options),
      input_size_(model.input().size()),
      output_size_(model.output().size()),
      parameter_count_(model.parameter_count()) {
  compile(model);
  reserve();
}

void Program::compile(const nn::Sequential& model) {
  const auto& layers = model.layers();
  step_of_layer_.assign(layers.size(), -1);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const bool last = i + 1 == layers.size();
    if (options_.fused && !last && fuses(layers[i], layers[i + 1])) {
      steps_.push_back({make_fused_op(layers[i], layers[i + 1]), i + 1});
      step_of_layer_[++i] = static_cast<int>(steps_.size()) - 1;
      continue;
    }
    nn::Activation activation = activation_of(layers[i]);
    if (last) head_ = head_of(layers[i]);
    if (head_ != Head::none) activation = nn::Activation::linear;
    const bool apart = runs_apart(layers[i], activation);
    if (auto op = make_op(layers[i], apart ? nn::Activation::linear : activation))
      steps_.push_back({std::move(op), i});
    if (apart) steps_.push_back({make_activation(layers[i], activation), i});
    step_of_layer_[i] = static_cast<int>(steps_.size()) - 1;
  }
}

/// Activations over an image's channels are no heads: the loss takes flat outputs.
Head Program::head_of(const nn::Layer& last) const {
  if (last.output.rank() != 1) return Head::none;
  const nn::Activation activation = activation_of(last);
  if (activation == nn::Activation::softmax) return Head::softmax;
  const bool seen =
      std::visit([](const auto& loss) { return requires { loss.kSeesLogits; }; }, options_.loss);
  const bool sigmoid = activation == nn::Activation::sigmoid && seen && !options_.input_gradient;
  return sigmoid ? Head::sigmoid : Head::none;
}

void Program::reserve() {
  const auto rows = [this](std::size_t each) { return size_of(options_.capacity, each); };
  std::size_t widest = input_size_, scratch = 0;
  buffers_.emplace_back(rows(input_size_));
  for (const Step& s : steps_) {
    buffers_.emplace_back(rows(s.op->output_size()));
    widest = std::max(widest, s.op->output_size());
    scratch = std::max(scratch, s.op->scratch_size(options_.training));
    if (options_.training) s.op->reserve(options_.capacity);
  }
  activations_.resize(buffers_.size());
  scratch_.resize(scratch);
  if (!options_.training) return;
  d_front_.resize(rows(widest));
  d_back_.resize(rows(widest));
  if (!options_.input_gradient) return;
  d_input_.resize(rows(input_size_));
  unused_gradient_.resize(parameter_count_);
}

std::span<float> Program::input(int images) {
  activations_[0] = std::span(buffers_[0]).first(at(images) * input_size_);
  return activations_[0];
}

Pass Program::pass(std::span<const float> parameters, int images, bool keeps) {
  return {parameters, images, keeps, nullptr, scratch_};
}

void Program::step_forward(const Pass& pass, std::size_t step) {
  Op& op = *steps_[step].op;
  activations_[step + 1] = std::span(buffers_[step + 1]).first(at(pass.images) * op.output_size());
  op.forward(pass, activations_[step], activations_[step + 1]);
}

void Program::run(const Pass& pass) {
  input(pass.images);
  for (std::size_t i = 0; i < steps_.size(); ++i) step_forward(pass, i);
}

std::span<const float> Program::forward(std::span<const float> parameters, int images,
                                        const DropoutKey* key) {
  Pass p = pass(parameters, images, false);
  p.dropout = key;
  run(p);
  const int width = static_cast<int>(output_size_);
  if (head_ == Head::softmax) kernels::softmax(activations_.back(), width);
  if (head_ == Head::sigmoid) activate(nn::Activation::sigmoid, width, activations_.back());
  return activations_.back();
}

kernels::LossSum Program::apply_loss(std::span<const std::uint8_t> labels,
                                     std::span<const float> weights, float scale,
                                     std::span<float> gradient) {
  const Outputs all{
      static_cast<int>(output_size_), head_, activations_.back(), labels, scale, gradient};
  const auto loss_of = [this](const Outputs& outputs) {
    return std::visit([&](const auto& loss) { return loss(outputs); }, options_.loss);
  };
  if (weights.empty()) return loss_of(all);
  // A loss knows its images' sum alone, so each is asked for on its own.
  kernels::LossSum sum;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    Outputs one = all;
    one.values = all.values.subspan(i * output_size_, output_size_);
    one.labels = labels.subspan(i, 1);
    one.scale = scale * weights[i];
    if (!gradient.empty()) one.gradient = gradient.subspan(i * output_size_, output_size_);
    const kernels::LossSum own = loss_of(one);
    sum.loss += own.loss * static_cast<double>(weights[i]);
    sum.correct += own.correct;
  }
  return sum;
}

kernels::LossSum Program::loss(std::span<const float> parameters,
                               std::span<const std::uint8_t> labels,
                               std::span<const float> weights) {
  run(pass(parameters, static_cast<int>(labels.size()), false));
  return apply_loss(labels, weights, 0, {});
}

kernels::LossSum Program::gradient(std::span<const float> parameters,
                                   std::span<const std::uint8_t> labels, float scale,
                                   const DropoutKey& dropout, std::span<float> gradient,
                                   std::span<const float> weights) {
  learn(parameters, labels, scale, dropout, gradient, weights);
  for (auto told = advance(); !told.empty(); told = advance()) hear(told);
  return learned();
}

void Program::learn(std::span<const float> parameters, std::span<const std::uint8_t> labels,
                    float scale, const DropoutKey& dropout, std::span<float> gradient,
                    std::span<const float> weights) {
  const int images = static_cast<int>(labels.size());
  walk_.pass = pass(parameters, images, true);
  walk_.key = dropout;
  walk_.pass.dropout = &walk_.key;
  walk_.labels = labels;
  walk_.weights = weights;
  walk_.scale = scale;
  walk_.gradient = gradient;
  walk_.at = 0;
  walk_.returns = false;
  walk_.heard.clear();
  input(images);
}

void Program::hear(std::span<const float> told_by_all) {
  walk_.heard.assign(told_by_all.begin(), told_by_all.end());
}

std::span<const float> Program::advance() {
  Walk& w = walk_;
  const auto waits = [&w](std::size_t numbers) {
    if (numbers == 0 || !w.heard.empty()) return false;
    w.told.resize(numbers);
    return true;
  };
  const auto passes = [&w](auto&& through) {
    w.pass.heard = w.heard;
    through();
    w.heard.clear();
  };
  for (; !w.returns && w.at < steps_.size(); ++w.at) {
    Op& op = *steps_[w.at].op;
    if (waits(op.meeting().forward)) {
      op.tell(w.pass, activations_[w.at], w.told);
      return w.told;
    }
    passes([&] { step_forward(w.pass, w.at); });
  }
  if (!w.returns) {
    w.returns = true;
    w.dy = d_output(w.pass.images);
    w.sum = apply_loss(w.labels, w.weights, w.scale, w.dy);
  }
  for (; w.at > 0; --w.at) {
    Op& op = *steps_[w.at - 1].op;
    if (waits(op.meeting().back)) {
      op.tell_back(w.pass, activations_[w.at - 1], w.dy, w.told);
      return w.told;
    }
    passes([&] { step_back(w.pass, w.at - 1); });
  }
  return {};
}

std::span<float> Program::d_output(int images) {
  return std::span(d_front_).first(at(images) * output_size_);
}

/// Takes walk_.dy, the gradient by the step's output, to the one by its input.
void Program::step_back(const Pass& pass, std::size_t step) {
  Op& op = *steps_[step].op;
  std::span<float> dx;
  if (step > 0) {
    std::vector<float>& other = walk_.dy.data() == d_front_.data() ? d_back_ : d_front_;
    dx = std::span(other).first(at(pass.images) * op.input_size());
  } else if (!d_input_.empty()) {
    dx = std::span(d_input_).first(at(pass.images) * input_size_);
  }
  op.backward(pass, activations_[step], activations_[step + 1], walk_.dy, dx, walk_.gradient);
  walk_.dy = dx;
}

std::span<const float> Program::input_gradient(std::span<const float> parameters, int images,
                                               int output) {
  const Pass p = pass(parameters, images, true);
  run(p);
  walk_.dy = d_output(images);
  walk_.gradient = unused_gradient_;
  std::ranges::fill(walk_.dy, 0.0F);
  for (std::size_t i = 0; i < at(images); ++i) walk_.dy[i * output_size_ + at(output)] = 1.0F;
  for (std::size_t i = steps_.size(); i-- > 0;) step_back(p, i);
  return std::span<const float>(d_input_).first(at(images) * input_size_);
}

std::span<const float> Program::activation(std::size_t layer) const {
  const int step = step_of_layer_.at(layer);
  if (step < 0) return layer == 0 || steps_.empty() ? activations_[0] : std::span<const float>();
  return activations_[at(step) + 1];
}

}  // namespace ziffer::engine
