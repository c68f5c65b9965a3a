#include "engine/program.hpp"

#include <algorithm>

#include "core/index.hpp"
#include "core/sizes.hpp"
#include "engine/activate.hpp"
#include "engine/ops/conv_relu_pool.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/merge.hpp"
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
        if constexpr (requires { kind.kOnlyShape; } || requires { kind.kJoins; })
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

/// Whether what layer `i` gives goes to the next one alone.
bool follows_alone(const nn::Sequential& model, std::size_t i) {
  const auto takes = [&](const nn::Layer& layer) {
    return std::ranges::count(layer.sources, i + 1);
  };
  const auto& layers = model.layers();
  return layers[i + 1].sources == std::vector{i + 1} &&
         std::ranges::none_of(layers.begin() + static_cast<std::ptrdiff_t>(i) + 2, layers.end(),
                              takes);
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
  // A graph keeps each activation's gradient, a chain those of two neighbours.
  const std::uint64_t gradients = model.is_chain() ? 2 * widest : each + widest;
  const std::uint64_t fit = kFloats / (each + gradients);
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
  chain_ = model.is_chain();
  activation_of_layer_.assign(layers.size(), kNone);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const nn::Layer& layer = layers[i];
    const std::vector<std::size_t> from = taken(layer);
    const bool last = i + 1 == layers.size();
    if (options_.fused && !last && follows_alone(model, i) && fuses(layer, layers[i + 1])) {
      add(make_fused_op(layer, layers[i + 1]), from[0]);
      activation_of_layer_[++i] = steps_.size();
      continue;
    }
    nn::Activation activation = activation_of(layer);
    if (last) head_ = head_of(layer);
    if (head_ != Head::none) activation = nn::Activation::linear;
    const bool apart = runs_apart(layer, activation);
    activation_of_layer_[i] = from[0];
    if (auto join = make_join(layer)) {
      steps_.push_back({nullptr, std::move(join), from, layer.output.size()});
      activation_of_layer_[i] = steps_.size();
    } else if (auto op = make_op(layer, apart ? nn::Activation::linear : activation)) {
      add(std::move(op), from[0]);
      activation_of_layer_[i] = steps_.size();
    }
    if (!apart) continue;
    add(make_activation(layer, activation), activation_of_layer_[i]);
    activation_of_layer_[i] = steps_.size();
  }
}

/// The activations that a layer takes: 0 is the input, i + 1 what step i gives.
std::vector<std::size_t> Program::taken(const nn::Layer& layer) const {
  std::vector<std::size_t> out;
  for (const std::size_t source : layer.sources)
    out.push_back(source == 0 ? 0 : activation_of_layer_[source - 1]);
  return out;
}

void Program::add(std::unique_ptr<Op> op, std::size_t from) {
  const std::size_t size = op->output_size();
  steps_.push_back({std::move(op), nullptr, {from}, size});
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
    buffers_.emplace_back(rows(s.output_size));
    joined_.reserve(std::max(joined_.capacity(), s.from.size()));
    widest = std::max(widest, s.output_size);
    if (!s.op) continue;
    scratch = std::max(scratch, s.op->scratch_size(options_.training));
    if (options_.training) s.op->reserve(options_.capacity);
  }
  activations_.resize(buffers_.size());
  scratch_.resize(scratch);
  if (!options_.training) return;
  reserve_gradients(rows(widest));
  if (!options_.input_gradient) return;
  d_input_.resize(rows(input_size_));
  unused_gradient_.resize(parameter_count_);
}

void Program::reserve_gradients(std::size_t widest) {
  if (chain_) {
    gradients_.assign(2, std::vector<float>(widest));
    return;
  }
  gradients_.emplace_back();  // the input has its own
  for (const Step& s : steps_) gradients_.emplace_back(size_of(options_.capacity, s.output_size));
  more_.resize(widest);
}

std::span<float> Program::gradient_of(std::size_t activation, int images) {
  if (activation == 0)
    return d_input_.empty() ? d_input_ : std::span(d_input_).first(at(images) * input_size_);
  std::vector<float>& memory = gradients_[chain_ ? activation % 2 : activation];
  return std::span(memory).first(at(images) * steps_[activation - 1].output_size);
}

std::span<float> Program::input(int images) {
  activations_[0] = std::span(buffers_[0]).first(at(images) * input_size_);
  return activations_[0];
}

Pass Program::pass(std::span<const float> parameters, int images, bool keeps) {
  return {parameters, images, keeps, nullptr, scratch_};
}

void Program::step_forward(const Pass& pass, std::size_t step) {
  const Step& s = steps_[step];
  const auto y = std::span(buffers_[step + 1]).first(at(pass.images) * s.output_size);
  activations_[step + 1] = y;
  if (s.op) s.op->forward(pass, activations_[s.from[0]], y);
  if (s.join) s.join->forward(inputs_of(s), y);
}

std::span<const std::span<float>> Program::inputs_of(const Step& step) {
  joined_.clear();
  for (const std::size_t source : step.from) joined_.push_back(activations_[source]);
  return joined_;
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
    const Step& s = steps_[w.at];
    if (s.op && waits(s.op->meeting().forward)) {
      s.op->tell(w.pass, activations_[s.from[0]], w.told);
      return w.told;
    }
    passes([&] { step_forward(w.pass, w.at); });
  }
  if (!w.returns) {
    w.returns = true;
    w.sum = apply_loss(w.labels, w.weights, w.scale, begin_back(w.pass.images));
  }
  for (; w.at > 0; --w.at) {
    const Step& s = steps_[w.at - 1];
    if (s.op && waits(s.op->meeting().back)) {
      s.op->tell_back(w.pass, activations_[s.from[0]], gradient_of(w.at, w.pass.images), w.told);
      return w.told;
    }
    passes([&] { step_back(w.pass, w.at - 1); });
  }
  return {};
}

/// The gradient by the outputs, to be written.
std::span<float> Program::begin_back(int images) {
  begun_.assign(activations_.size(), false);
  return gradient_of(steps_.size(), images);
}

/// Takes the gradient by the step's output to those by its inputs. What several steps take gets the
/// sum of theirs, the last step's first.
void Program::step_back(const Pass& pass, std::size_t step) {
  const Step& s = steps_[step];
  const auto dy = gradient_of(step + 1, pass.images);
  for (std::size_t which = 0; which < s.from.size(); ++which) {
    const std::size_t source = s.from[which];
    const auto sum = gradient_of(source, pass.images);
    const bool adds = begun_[source] && !sum.empty();
    const auto dx = adds ? std::span(more_).first(sum.size()) : sum;
    if (s.op)
      s.op->backward(pass, activations_[source], activations_[step + 1], dy, dx, walk_.gradient);
    else if (!dx.empty())
      s.join->backward(inputs_of(s), activations_[step + 1], dy, which, dx);
    if (adds) kernels::add(dx, sum);
    begun_[source] = true;
  }
}

std::span<const float> Program::input_gradient(std::span<const float> parameters, int images,
                                               int output) {
  const Pass p = pass(parameters, images, true);
  run(p);
  const auto dy = begin_back(images);
  walk_.gradient = unused_gradient_;
  std::ranges::fill(dy, 0.0F);
  for (std::size_t i = 0; i < at(images); ++i) dy[i * output_size_ + at(output)] = 1.0F;
  for (std::size_t i = steps_.size(); i-- > 0;) step_back(p, i);
  return std::span<const float>(d_input_).first(at(images) * input_size_);
}

std::span<const float> Program::activation(std::size_t layer) const {
  const std::size_t found = activation_of_layer_.at(layer);
  return found == kNone ? std::span<const float>() : activations_[found];
}

}  // namespace ziffer::engine
